namespace RnnCompare.Experiments.Results.Seeds;

/// <summary>What a run is judged by, seed for seed.</summary>
public static class SeedMeasures
{
    /// <summary>The running mean of the training losses at the end.</summary>
    internal const string Loss = "smoothed loss";

    private static readonly string[] Judged = ["test", "validation"];

    /// <summary>The score of a part of the data: <c>test accuracy</c>.</summary>
    internal static string Score(string part, string metric) => $"{part} {metric}";

    /// <summary>What decides: the score of the test part, or where there is none of the validation part, and the training loss.</summary>
    public static IReadOnlyList<string> Decisive(IReadOnlyList<SeedValue> values)
    {
        var known = values.Select(value => value.Measure).Distinct().ToArray();
        var judged = Judged.Select(part => known.FirstOrDefault(measure => measure.StartsWith(part + " ", StringComparison.Ordinal))).FirstOrDefault(measure => measure is not null);
        return judged is null ? [Loss] : [judged, Loss];
    }
}
