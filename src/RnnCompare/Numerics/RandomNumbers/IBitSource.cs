namespace RnnCompare.Numerics.RandomNumbers;

/// <summary>A source of uniformly distributed bits, on which the distributions of one NumPy generator stand.</summary>
internal interface IBitSource
{
    uint NextUInt32();

    ulong NextUInt64();

    /// <summary>A multiple of 2⁻⁵³ in [0, 1).</summary>
    double NextDouble();
}
