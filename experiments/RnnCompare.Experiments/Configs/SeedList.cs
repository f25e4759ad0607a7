using System.Globalization;

namespace RnnCompare.Experiments.Configs;

/// <summary>The seeds of a config.</summary>
public static class SeedList
{
    private const int Most = 10_000;

    /// <summary>The seeds that a text names: a number N for N of them from the first on, or a list; null where it names none.</summary>
    /// <param name="text">The text; nothing for the first seed alone.</param>
    /// <param name="first">The first seed.</param>
    public static IReadOnlyList<int>? Parse(string text, int first)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
        {
            return [first];
        }

        if (!text.Contains(',', StringComparison.Ordinal))
        {
            return Number(text) is >= 1 and <= Most and var count && first <= int.MaxValue - count ? [.. Enumerable.Range(first, count)] : null;
        }

        var seeds = text.Split(',', StringSplitOptions.TrimEntries).Select(Number).ToArray();
        return seeds.All(seed => seed is not null) && seeds.Distinct().Count() == seeds.Length ? [.. seeds.Select(seed => seed!.Value)] : null;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
