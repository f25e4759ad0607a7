using RnnCompare.Data;
using RnnCompare.Models;

namespace RnnCompare.Checking.Probing;

/// <summary>Weights, states and a batch on which mistakes show and are told apart, for a program to run on.</summary>
public sealed record Probe
{
    /// <summary>The weights, and with them the network.</summary>
    public required RnnWeights<double> Weights { get; init; }

    /// <summary>The batch, with targets and an initial state.</summary>
    public required SequenceBatch<double> Batch { get; init; }

    /// <summary>The mistakes that leave no trace above rounding even here, for example those about lengths where all are equal.</summary>
    public required IReadOnlyList<string> BlindTo { get; init; }

    /// <summary>Pairs of mistakes that leave the same numbers here, mostly because they are the same computation under two names.</summary>
    public required IReadOnlyList<(string First, string Second)> NotToldApart { get; init; }
}
