using System.Globalization;

namespace RnnCompare.Experiments.Report.Sections;

/// <summary>Parts of sentences.</summary>
internal static class Words
{
    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>.</summary>
    public static string List(IEnumerable<string> parts)
    {
        var all = parts.ToArray();
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    /// <summary>A number of things: <c>1 gradient</c>, <c>8 gradients</c>.</summary>
    public static string Count(int number, string thing) => string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {thing}{(number == 1 ? "" : "s")}");

    /// <summary>A time: <c>1.25 ms</c>.</summary>
    public static string Time(double seconds)
    {
        return seconds switch
        {
            >= 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s"),
            >= 1e-3 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:0.00} ms"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:0.0} µs"),
        };
    }
}
