using Microsoft.Playwright;
using RnnCompare.Experiments.Report;
using RnnCompare.Experiments.Results.Reading;
using RnnCompare.View.Tests.Browser;

namespace RnnCompare.View.Tests;

/// <summary>A run's report in a browser, opened from the disk.</summary>
public sealed class ReportTests(Chromium chromium) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Report_OpensFromTheDiskWithoutErrorsOrRequests()
    {
        var path = Written();
        await using var page = await chromium.OpenAsync(path);
        await page.Page.EvaluateAsync("rnncompare.charts.forEach(chart => chart.ensure())");
        page.RequireNoComplaints();
        Assert.Equal([path], page.Requests.Where(request => !request.StartsWith("data:", StringComparison.Ordinal)));
        Assert.Equal(["loss", "scores", "gradients", "weights", "separations", "speed", "flow"], (await page.Page.EvaluateAsync<string[]>("[...rnncompare.charts.keys()]")).OrderBy(id => Array.IndexOf(["loss", "scores"], id) < 0));
        Assert.Equal(0, await page.Page.Locator("b").CountAsync());
    }

    [Fact]
    public async Task Charts_HoldTheNumbersOfTheRun()
    {
        await using var page = await chromium.OpenAsync(Written());
        for (var engine = 0; engine < SampleRun.Engines.Length; engine++)
        {
            var points = await page.PointsAsync("loss", SampleRun.Engines[engine]);
            Assert.Equal(Enumerable.Range(1, 200).Select(step => SampleRun.Loss(engine, step)), points.Select(point => point[2]));
        }

        var validation = await page.PointsAsync("scores", "autograd validation");
        Assert.Equal(20, validation.Length);
        Assert.Equal(SampleRun.Loss(1, 50) / 30, validation[4][2]);
        var test = Assert.Single(await page.PointsAsync("scores", "autograd test"));
        Assert.Equal([200, 2.625, 2.625, 200], test);
        var dots = await page.PointsAsync("gradients", "fused float64");
        Assert.Equal(new[] { 0, 0.8e-16, 1.1e-16, 1.4e-16, 1.7e-16, 2.0e-16 }.Select(value => value.ToString("e3")), dots.Select(dot => dot[2].ToString("e3")));
        var separations = await page.PointsAsync("separations", "autograd");
        Assert.Equal([1e-8, 4e-8, 25e-8], separations.Take(3).Select(point => Math.Round(point[2], 12)));
        Assert.Equal(101, (await page.PointsAsync("speed", "manual")).Length);
    }

    [Fact]
    public async Task LogarithmicAxis_PlacesValuesAndMarksZero()
    {
        await using var page = await chromium.OpenAsync(Written());
        var flow = await page.PointsAsync("flow", "manual");
        Assert.Equal([2.0, 0.5, 0.125, 0, 0], flow.Select(point => point[2]));
        Assert.All(flow.Take(3), point => Assert.Equal(Math.Log10(point[2]), point[1], 12));
        Assert.All(flow.Skip(3), point => Assert.True(point[1] <= Math.Floor(Math.Log10(0.125)) - 1, "zero stands below every value"));
        Assert.Equal("0", await page.Page.EvaluateAsync<string>("(() => { const y = rnncompare.chart('flow').getOption().yAxis[0]; return y.axisLabel.formatter(y.min); })()"));

        Assert.Equal(SampleRun.Peak, (await page.PointsAsync("loss", "autograd"))[SampleRun.PeakStep - 1][1]);
        await Press(page, "loss", "logarithmic");
        Assert.Equal(Math.Log10(SampleRun.Peak), (await page.PointsAsync("loss", "autograd"))[SampleRun.PeakStep - 1][1], 12);
    }

    [Fact]
    public async Task Hovering_ShowsTheNumbersUnderThePointer()
    {
        await using var page = await chromium.OpenAsync(Written());
        await page.Page.EvaluateAsync("rnncompare.charts.forEach(chart => chart.ensure())");
        await Hover(page, "loss", "[100, 50]");
        await Assertions.Expect(page.Page.Locator("[data-chart=loss] .tip caption")).ToContainTextAsync("training step 100");
        await Assertions.Expect(page.Page.Locator("[data-chart=loss] .tip tr")).ToContainTextAsync(["manual", "autograd", "fused"]);
        await Hover(page, "gradients", "[Math.log10(1.1e-16), 2.17]"); // fused, in the lower lane of dWhh
        await Assertions.Expect(page.Page.Locator("[data-chart=gradients] .tip caption")).ToContainTextAsync("dWhh, fused float64");
        page.RequireNoComplaints();
    }

    [Fact]
    public async Task Toggles_HideEnginesAndLayTheRunningMeanOver_WhileAnswersStay()
    {
        await using var page = await chromium.OpenAsync(Written());
        var answer = await page.Page.Locator("#loss .answers").InnerTextAsync();
        await Press(page, "loss", "autograd");
        Assert.Equal("manual; fused", await Names(page, "loss"));
        await Press(page, "loss", "running mean");
        Assert.Equal("manual; manual, running mean; fused; fused, running mean", await Names(page, "loss"));
        Assert.Equal(200, (await page.PointsAsync("loss", "manual")).Length);
        Assert.Equal(89.9, (await page.PointsAsync("loss", "manual, running mean"))[0][2]);
        await Press(page, "loss", "autograd");
        Assert.Equal(6, (await page.SeriesAsync("loss")).GetArrayLength());
        Assert.Equal(answer, await page.Page.Locator("#loss .answers").InnerTextAsync());
    }

    [Fact]
    public async Task Keyboard_ReadsValuesAndZooms()
    {
        await using var page = await chromium.OpenAsync(Written());
        var plot = page.Page.Locator("[data-chart=loss] .plot");
        await plot.FocusAsync();
        await plot.PressAsync("ArrowRight");
        await plot.PressAsync("ArrowRight");
        Assert.StartsWith("training step 2: manual ", await page.Page.Locator("[data-chart=loss] .readout").InnerTextAsync(), StringComparison.Ordinal);
        await plot.PressAsync("+");
        var range = await Range(page);
        Assert.Equal([50.75, 150.25], range);
        await plot.PressAsync("0");
        Assert.Null(await page.Page.EvaluateAsync<double[]?>("rnncompare.charts.get('loss').state.range"));
        page.RequireNoComplaints();
    }

    [Fact]
    public async Task NumbersOfAChart_StandInATable()
    {
        await using var page = await chromium.OpenAsync(Written());
        await page.Page.Locator("[data-chart=separations] summary").ClickAsync();
        Assert.Equal("training step\tautograd\tfused\tperturbed run", string.Join('\t', await page.Page.Locator("[data-chart=separations] thead th").AllInnerTextsAsync()));
        Assert.Equal(8, await page.Page.Locator("[data-chart=separations] tbody tr").CountAsync());
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Report_HasNothingSeriousForAxe_AndFitsItsWidth(int width, ColorScheme scheme)
    {
        await using var page = await chromium.OpenAsync(Written(), width, scheme);
        await page.Page.Locator("[data-chart=separations] summary").ClickAsync();
        await Accessibility.RequireNothingSerious(page);
        Assert.True(await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "nothing sticks out sideways");
    }

    [Fact]
    public async Task Theme_FollowsTheSystemTheChoiceAndPrint()
    {
        await using var page = await chromium.OpenAsync(Written(), scheme: ColorScheme.Dark);
        const string Text = "rnncompare.chart('loss').getOption().xAxis[0].axisLabel.color";
        const string Background = "getComputedStyle(document.body).backgroundColor";
        Assert.Equal(("#e6e9ed", "rgb(20, 24, 29)"), (await page.Page.EvaluateAsync<string>(Text), await page.Page.EvaluateAsync<string>(Background)));
        await page.Page.SelectOptionAsync("#theme", "light");
        Assert.Equal(("#1b1f24", "rgb(255, 255, 255)"), (await page.Page.EvaluateAsync<string>(Text), await page.Page.EvaluateAsync<string>(Background)));
        await page.Page.SelectOptionAsync("#theme", "dark");
        await page.Page.EvaluateAsync("window.dispatchEvent(new Event('beforeprint'))");
        Assert.Equal(("#1b1f24", "rgb(255, 255, 255)"), (await page.Page.EvaluateAsync<string>(Text), await page.Page.EvaluateAsync<string>(Background)));
    }

    private static async Task Press(OpenPage page, string chart, string button)
    {
        await page.Page.Locator($"[data-chart={chart}]").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }

    private static async Task<string> Names(OpenPage page, string chart)
    {
        return string.Join("; ", (await page.SeriesAsync(chart)).EnumerateArray().Select(series => series.GetProperty("name").GetString()));
    }

    private static Task<double[]> Range(OpenPage page) => page.Page.EvaluateAsync<double[]>("rnncompare.charts.get('loss').state.range");

    private string Written()
    {
        var run = Path.Combine(_folder.Path, "sample");
        SampleRun.Write(run);
        var path = Path.Combine(_folder.Path, "report.html");
        File.WriteAllText(path, ReportPage.Write(RunReader.Read(run)));
        return new Uri(path).AbsoluteUri;
    }

    private static async Task Hover(OpenPage page, string chart, string place)
    {
        await page.Page.Locator($"[data-chart={chart}] .plot").ScrollIntoViewIfNeededAsync();
        var at = await page.Page.EvaluateAsync<float[]>($"(() => {{ const c = rnncompare.charts.get('{chart}'); const box = c.plot.getBoundingClientRect(); const p = c.ensure().convertToPixel({{ xAxisIndex: 0, yAxisIndex: 0 }}, {place}); return [box.left + p[0], box.top + p[1]]; }})()");
        await page.Page.Mouse.MoveAsync(at[0] - 3, at[1] - 2);
        await page.Page.Mouse.MoveAsync(at[0], at[1]);
    }
}
