using RnnCompare.Checking.Diagnosis;
using RnnCompare.Data;
using RnnCompare.Models;

namespace RnnCompare.Checking.Probing;

/// <summary>Weights, states and a batch on which mistakes show and are told apart, for a program to run on.</summary>
public sealed record Probe
{
    /// <summary>The weights, and with them the network.</summary>
    public required RnnWeights<double> Weights { get; init; }

    /// <summary>The batch, with targets and an initial state that is not zero.</summary>
    public required SequenceBatch<double> Batch { get; init; }

    /// <summary>The mistakes that the loss, y and the gradients of the weights do not reveal even here, for example those about lengths where all are equal.</summary>
    public required IReadOnlyList<BlindSpot> BlindTo { get; init; }

    /// <summary>Pairs of mistakes that they do not tell apart, mostly because they are the same computation under two names.</summary>
    public required IReadOnlyList<(string First, string Second)> NotToldApart { get; init; }
}
