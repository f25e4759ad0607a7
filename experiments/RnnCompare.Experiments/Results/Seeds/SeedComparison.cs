namespace RnnCompare.Experiments.Results.Seeds;

/// <summary>Two things that ran from the same seeds, compared in one measure.</summary>
/// <param name="Measure">The measure: <c>test accuracy</c>.</param>
/// <param name="A">The one.</param>
/// <param name="B">The other.</param>
/// <param name="Difference">A − B, seed by seed, and its interval.</param>
public sealed record SeedComparison(string Measure, string A, string B, BootstrapMean Difference)
{
    /// <summary>Whether they differ by more than seeds do, in words.</summary>
    public string Sentence
    {
        get
        {
            var size = $"In {Measure} {A} is {Direction} {B}";
            return Difference switch
            {
                { Mean: double.NaN } => $"In {Measure} {A} and {B} cannot be compared: one is not a finite number.",
                { Lower: double.NaN } => $"{size}; from {Seeds} that is no more than an observation: an interval needs {BootstrapMean.LeastCount}.",
                { Mean: 0, Lower: 0, Upper: 0 } => $"In {Measure} {A} and {B} are the same from each of {Seeds}.",
                { IsBeyondSeeds: true } => $"{size}, 95 % interval {Interval} over {Seeds}: they differ by more than seeds do.",
                _ => $"{size}, 95 % interval {Interval} over {Seeds}: no more than seeds do.",
            };
        }
    }

    private string Seeds => Difference.Count == 1 ? "1 seed" : $"{Difference.Count} seeds";

    private string Direction => $"{Figures.Value(Math.Abs(Difference.Mean))} {(Difference.Mean < 0 ? "below" : "above")}";

    private string Interval => $"{Figures.Value(Difference.Lower)} to {Figures.Value(Difference.Upper)}";

    /// <summary>Compares value by value.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="a">The one and its value from each seed.</param>
    /// <param name="b">The other; seeds that either lacks are left out.</param>
    public static SeedComparison Of(string measure, (string Name, IReadOnlyDictionary<int, double> Values) a, (string Name, IReadOnlyDictionary<int, double> Values) b)
    {
        var differences = a.Values.Where(pair => b.Values.ContainsKey(pair.Key)).Select(pair => pair.Value - b.Values[pair.Key]).ToArray();
        return new(measure, a.Name, b.Name, BootstrapMean.Of(differences));
    }
}
