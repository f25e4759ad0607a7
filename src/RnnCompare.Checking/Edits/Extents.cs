namespace RnnCompare.Checking.Edits;

/// <summary>The lengths that a program's loops run over.</summary>
/// <param name="Letters">The letters of shapes, with their numbers.</param>
/// <param name="Steps">T.</param>
/// <param name="BatchSize">B.</param>
internal sealed record Extents(IReadOnlyDictionary<string, int> Letters, int Steps, int BatchSize)
{
    // A fixed index is one of the first places of a vector, or one of the lengths.
    private const int FirstPlaces = 8;

    /// <summary>Numbers by which values are multiplied by mistake.</summary>
    public IReadOnlyList<double> Factors { get; } = FactorsOf([Steps, BatchSize, (double)Steps * BatchSize]);

    /// <summary>The places of a vector of some length at which all of it may be read by mistake.</summary>
    public IEnumerable<int> PlacesIn(int length) => Letters.Values.Concat([Steps, BatchSize]).Concat(Enumerable.Range(0, FirstPlaces)).Where(place => place < length).Distinct();

    private static double[] FactorsOf(double[] sizes) => [.. ((double[])[2, 0.5, .. sizes, .. sizes.Select(size => 1 / size)]).Where(factor => factor != 1).Distinct()];
}
