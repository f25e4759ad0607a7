using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Engines;

/// <summary>A loss and the gradients of everything that it depends on.</summary>
/// <typeparam name="T">The precision.</typeparam>
public sealed record GradientResult<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The loss, in nats for cross-entropy; Σ ⟨dHidden, h⟩ where an adjoint was given in place of a loss.</summary>
    public required double Loss { get; init; }

    /// <summary>The gradients of all weights.</summary>
    public required RnnWeights<T> Weights { get; init; }

    /// <summary>dx (T, B, I); null where the inputs are tokens.</summary>
    public NdArray<T>? Inputs { get; init; }

    /// <summary>dh0 and, for cells that have one, dc0.</summary>
    public required RnnState<T> InitialState { get; init; }

    /// <summary>The total dL/dh_t of every step (L·D, T, B, H), zero past a sequence's end; null where an engine cannot see it.</summary>
    public NdArray<T>? Hidden { get; init; }
}
