using System.Globalization;

namespace RnnCompare.Cli.Display;

/// <summary>Times as a clock shows them.</summary>
internal static class Clock
{
    /// <summary>Minutes and seconds, and hours where there are any: <c>0:42</c>, <c>1:03:20</c>.</summary>
    public static string Of(TimeSpan time) => time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
}
