using RnnCompare.Checking.Comparison;
using RnnCompare.Models;

namespace RnnCompare.Checking.Probing;

/// <summary>What a probe is to be: a network, the size of its batch, and how its numbers are drawn.</summary>
public sealed record ProbeRequest
{
    /// <summary>The network. Sizes above 1 that differ from each other tell more.</summary>
    public required RnnSpec Spec { get; init; }

    /// <summary>T.</summary>
    public required int Steps { get; init; }

    /// <summary>B.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Whether sequences end at different steps; programs that know no lengths need a probe without.</summary>
    public bool Lengths { get; init; }

    /// <summary>Decides the draws.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The type of the numbers, in which the program is going to compute.</summary>
    public Precision Precision { get; init; } = Precision.Float64;

    /// <summary>The standard deviation of weights and biases; null for the size at which states neither vanish nor saturate.</summary>
    public double? Sigma { get; init; }
}
