namespace RnnCompare.Benchmarks;

/// <summary>One product of a training step: (m, k) · (k, n).</summary>
/// <param name="Name">What it computes.</param>
/// <param name="M">The number of rows.</param>
/// <param name="K">The number of terms.</param>
/// <param name="N">The number of columns.</param>
public sealed record ProductShape(string Name, int M, int K, int N)
{
    /// <summary>Whether the left operand is the transpose of what lies in memory.</summary>
    public bool TransposesA { get; init; }

    /// <summary>Whether the right operand is the transpose of what lies in memory.</summary>
    public bool TransposesB { get; init; }

    /// <summary>Whether the right operand is packed before, as the weights are inside the time loop.</summary>
    public bool IsPacked { get; init; }

    /// <summary>The number of floating-point operations.</summary>
    public double Flops => 2.0 * M * K * N;

    /// <summary>The products of a plain cell's step of these sizes.</summary>
    public static IEnumerable<ProductShape> OfStep(int T, int B, int I, int H) =>
    [
        new("x·Wxhᵀ", T * B, I, H) { TransposesB = true },
        new("h·Whhᵀ", B, H, H) { TransposesB = true, IsPacked = true },
        new("dz·Whh", B, H, H) { IsPacked = true },
        new("dzᵀ·x", H, T * B, I) { TransposesA = true },
        new("dzᵀ·h", H, T * B, H) { TransposesA = true },
    ];

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({M}, {K}, {N})";
}
