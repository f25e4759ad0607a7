using Microsoft.Playwright;
using RnnCompare.View.Tests.Browser;

namespace RnnCompare.View.Tests;

/// <summary>The list of runs, runs over one another and runs under way, in a browser.</summary>
public sealed class ViewTests(Chromium chromium) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_FiltersAndSortsByAnyKeyAndResult_AndNamesDamagedRuns()
    {
        SampleRun.Write(At("a-1"), 20, ("learningRate", 0.5), ("cells", "lstm"));
        SampleRun.Write(At("a-2"), 20, ("learningRate", 0.01));
        SampleRun.Write(At("below/a-10"), 20, ("learningRate", 0.1));
        SampleRun.Write(At("broken"), 20);
        File.WriteAllText(Path.Combine(At("broken"), "summary.json"), "{ \"end\": ");
        await using var server = await ViewServer.StartAsync(_folder.Path);
        await using var page = await chromium.OpenAsync(server.Address);
        await Assertions.Expect(page.Page.Locator("#count")).ToHaveTextAsync("4 of 4 runs; 1 cannot be read");
        await Assertions.Expect(page.Page.Locator("#runs td.problem")).ToContainTextAsync("summary.json, line 1:");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "learningRate" }).ClickAsync();
        Assert.Equal(["a-2", "below/a-10", "a-1"], (await Runs(page)).Except(["broken"]));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "learningRate" }).ClickAsync();
        Assert.Equal(["a-1", "below/a-10", "a-2"], (await Runs(page)).Except(["broken"]));
        await page.Page.FillAsync("#query", "learningRate<0.2 manual.loss=70");
        Assert.Equal(["below/a-10", "a-2"], await Runs(page));
        await page.Page.FillAsync("#query", "lstm");
        Assert.Equal(["a-1"], await Runs(page));
        await page.Page.FillAsync("#query", "unknown=1");
        await Assertions.Expect(page.Page.Locator("#filter-problem")).ToHaveTextAsync("There is no key ‘unknown’.");
        await page.Page.FillAsync("#query", "");
        await Accessibility.RequireNothingSerious(page);
        page.RequireNoComplaints();
    }

    [Fact]
    public async Task Overlay_NamesRunsByWhatDiffers()
    {
        SampleRun.Write(At("one"), 30, ("learningRate", 0.5));
        SampleRun.Write(At("two"), 30, ("learningRate", 0.1));
        await using var server = await ViewServer.StartAsync(_folder.Path);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.Page.ClickAsync("#select-shown");
        await page.Page.ClickAsync("#overlay");
        await Assertions.Expect(page.Page.Locator("#overlay-state")).ToHaveTextAsync("2 runs");
        var points = await page.PointsAsync("loss", "learningRate 0.1, fused");
        Assert.Equal(SampleRun.Loss(2, 7), points[6][2]);
        await page.Page.SelectOptionAsync("#engine", "manual");
        await Assertions.Expect(page.Page.Locator("[data-chart=loss] .legend button")).ToHaveTextAsync(["learningRate 0.5", "learningRate 0.1"]);
        page.RequireNoComplaints();
    }

    [Fact]
    public async Task SeveralSeedsUnderWay_AreABandAndTheSeedThatRuns()
    {
        var run = At("live");
        SampleRun.Begin(run, ("seeds", "3"));
        foreach (var (seed, steps) in new[] { (1, 20), (2, 20), (3, 5) })
        {
            SampleRun.Begin(Path.Combine(run, $"seed-{seed}"), ("seed", seed));
            File.WriteAllText(Path.Combine(run, $"seed-{seed}", "metrics.csv"), SampleRun.Header + SampleRun.Rows(1, steps));
        }

        await using var server = await ViewServer.StartAsync(run);
        await using var page = await chromium.OpenAsync(server.Address + "run/live");
        await Assertions.Expect(page.Page.Locator("[data-chart=loss] .legend button")).ToContainTextAsync(["manual (N = 2)", "manual, seed 3"]);
        Assert.Equal(5, (await page.PointsAsync("loss", "manual, seed 3")).Length);
        File.AppendAllText(Path.Combine(run, "seed-3", "metrics.csv"), SampleRun.Rows(6, 20));
        await Assertions.Expect(page.Page.Locator("[data-chart=loss] .legend button").First).ToHaveTextAsync("manual (N = 3)");
        page.RequireNoComplaints();
    }

    [Fact]
    public async Task RunUnderWay_IsShownFromItsBeginningAndFollowed()
    {
        var run = At("live");
        SampleRun.Begin(run);
        var metrics = Path.Combine(run, "metrics.csv");
        File.WriteAllText(metrics, SampleRun.Header + SampleRun.Rows(1, 10));
        await using var server = await ViewServer.StartAsync(_folder.Path);
        await using var page = await chromium.OpenAsync(server.Address + "run/live");
        Assert.Equal(10, (await page.PointsAsync("loss", "manual")).Length);

        File.AppendAllText(metrics, SampleRun.Rows(11, 25) + "26,manual,1");
        // Waits for the text and not for a script's condition, which the page's security policy would refuse to evaluate.
        await Assertions.Expect(page.Page.Locator("#loss .answers")).ToContainTextAsync("The last noted step is 25.");
        var points = await page.PointsAsync("loss", "manual");
        Assert.Equal(25, points.Length);
        Assert.Equal(SampleRun.Loss(0, 25), points[24][2]);

        File.WriteAllText(Path.Combine(run, "summary.json"), SampleRun.Summary(25).ToJsonString());
        await Assertions.Expect(page.Page.Locator("#agreement h2")).ToHaveTextAsync("Agreement");
        page.RequireNoComplaints();
    }

    [Fact]
    public async Task ManyRuns_AreListedAndLaidOverOneAnother()
    {
        for (var i = 0; i < 120; i++)
        {
            SampleRun.Write(At($"run-{i}"), 2, ("seed", i));
        }

        await using var server = await ViewServer.StartAsync(_folder.Path);
        await using var page = await chromium.OpenAsync(server.Address, 390, ColorScheme.Dark);
        await Assertions.Expect(page.Page.Locator("#count")).ToHaveTextAsync("120 of 120 runs");
        Assert.Equal(50, (await Runs(page)).Length);
        foreach (var drawn in new[] { 100, 120 })
        {
            await page.Page.EvaluateAsync("document.querySelector('.list').scrollTo(0, 1e6)");
            await Assertions.Expect(page.Page.Locator("#runs tbody tr")).ToHaveCountAsync(drawn);
        }

        await page.Page.ClickAsync("#select-shown");
        await page.Page.ClickAsync("#overlay");
        await Assertions.Expect(page.Page.Locator("#overlay-state")).ToHaveTextAsync("50 runs");
        Assert.Equal(6, (await page.SeriesAsync("loss")).GetArrayLength()); // a band and a mean for each engine
        await Assertions.Expect(page.Page.Locator("[data-chart=loss] .legend button")).ToHaveTextAsync(["all, manual (N = 50)", "all, autograd (N = 50)", "all, fused (N = 50)"]);
        await page.Page.SelectOptionAsync("#seeds", "each");
        await Assertions.Expect(page.Page.Locator("[data-chart=loss] .legend button")).ToHaveCountAsync(150);
        Assert.Equal(150, (await page.SeriesAsync("loss")).GetArrayLength());
        await page.Page.SelectOptionAsync("#engine", "manual");
        await Assertions.Expect(page.Page.Locator("[data-chart=speed] .legend button")).ToHaveCountAsync(50);
        Assert.Equal(50, (await page.SeriesAsync("agreement")).EnumerateArray().Where(series => series.GetProperty("name").GetString() == "fused float32").Sum(series => series.GetProperty("data").GetArrayLength()));
        Assert.True(await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 390, "nothing sticks out sideways");
        page.RequireNoComplaints();
    }

    private static async Task<string[]> Runs(OpenPage page) => [.. await page.Page.Locator("#runs tbody a").AllInnerTextsAsync()];

    private string At(string name) => Path.Combine(_folder.Path, name);
}
