using System.Text.Json;
using Microsoft.Playwright;

namespace RnnCompare.View.Tests.Browser;

/// <summary>A page with what it has asked for and complained of.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];

    internal OpenPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Note(true, error);
        page.Request += (_, request) =>
        {
            lock (_requests)
            {
                _requests.Add(request.Url);
            }
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Everything that the page has asked for, itself first.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Makes sure that nothing went wrong in the page.</summary>
    public void RequireNoComplaints()
    {
        lock (_complaints)
        {
            Assert.Empty(_complaints);
        }
    }

    /// <summary>What a chart draws: its series as ECharts holds them.</summary>
    public async Task<JsonElement> SeriesAsync(string chart)
    {
        return (await Page.EvaluateAsync("id => rnncompare.chart(id).getOption().series.map(s => ({ name: s.name, type: s.type, data: s.data }))", chart))!.Value;
    }

    /// <summary>The points of a series of a chart: each an array of numbers.</summary>
    public async Task<double[][]> PointsAsync(string chart, string series)
    {
        var all = await SeriesAsync(chart);
        var found = all.EnumerateArray().FirstOrDefault(candidate => candidate.GetProperty("name").GetString() == series);
        Assert.True(found.ValueKind == JsonValueKind.Object, $"chart {chart} has no series '{series}', but {string.Join(", ", all.EnumerateArray().Select(s => s.GetProperty("name").GetString()))}");
        return [.. found.GetProperty("data").EnumerateArray().Select(point => point.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN).ToArray())];
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Note(bool complains, string text)
    {
        if (complains)
        {
            lock (_complaints)
            {
                _complaints.Add(text);
            }
        }
    }
}
