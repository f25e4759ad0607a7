using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Engines;

/// <summary>What a forward pass computes. Values past a sequence's end are zero.</summary>
/// <typeparam name="T">The precision.</typeparam>
public sealed record ForwardResult<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>y, (T, B, O) or, with outputs at the last step, (B, O). For cross-entropy these are logits.</summary>
    public required NdArray<T> Outputs { get; init; }

    /// <summary>The top layer's hidden states (T, B, D·H).</summary>
    public required NdArray<T> Hidden { get; init; }

    /// <summary>The state after each sequence's last step, to be carried to the next batch.</summary>
    public required RnnState<T> FinalState { get; init; }
}
