using System.Text;

namespace RnnCompare.Experiments.Report;

/// <summary>The files that a page is put together from; they are part of the program.</summary>
public static class PageAssets
{
    // In the order in which they need one another.
    private static readonly string[] Scripts = ["format", "theme", "axis", "charts", "lines", "dots", "spread", "map", "page"];

    private static readonly Lazy<string> LazyCharts = new(() => Read("echarts.js"));
    private static readonly Lazy<string> LazyScript = new(() => string.Join('\n', Scripts.Select(name => Read($"page/js/{name}.js"))));

    /// <summary>The page with its places to fill in, each <c>{{name}}</c>.</summary>
    public static string Template { get; } = Read("page/page.html");

    /// <summary>The style sheet.</summary>
    public static string Style { get; } = Read("page/report.css");

    /// <summary>The chart library, Apache ECharts.</summary>
    public static string Charts => LazyCharts.Value;

    /// <summary>The page's own script.</summary>
    public static string Script => LazyScript.Value;

    /// <summary>A page.</summary>
    /// <param name="places">What stands in each place of the template.</param>
    /// <exception cref="ArgumentException">A place has nothing to stand in it.</exception>
    public static string Fill(IReadOnlyDictionary<string, string> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        var page = new StringBuilder();
        var rest = Template.AsSpan();
        while (rest.IndexOf("{{") is var start and >= 0)
        {
            var end = rest.IndexOf("}}");
            var name = rest[(start + 2)..end].ToString();
            page.Append(rest[..start]).Append(places.TryGetValue(name, out var text) ? text : throw new ArgumentException($"The page has nothing for '{name}'.", nameof(places)));
            rest = rest[(end + 2)..];
        }

        return page.Append(rest).ToString();
    }

    private static string Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"'{name}' is not part of the program.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
