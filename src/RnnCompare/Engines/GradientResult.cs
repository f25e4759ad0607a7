using System.Numerics;
using RnnCompare.Bptt;
using RnnCompare.Data;
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

    /// <summary>Collects what a network has computed in its last backward pass.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="weights">The gradients of all weights, of the network's spec.</param>
    /// <param name="inputs">The gradient of the inputs; null where there is none.</param>
    /// <param name="network">The network.</param>
    /// <param name="batch">The batch; what lies past its sequences' ends is zero in the result.</param>
    public static GradientResult<T> Of(double loss, RnnWeights<T> weights, NdArray<T>? inputs, IUnrolledNetwork<T> network, SequenceBatch<T> batch)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        var spec = weights.Spec;
        var initial = RnnState<T>.Zeros(spec, batch.BatchSize);
        network.CopyInitialGradient(initial);
        var hidden = new NdArray<T>(spec.Layers * spec.Directions, batch.Steps, batch.BatchSize, spec.HiddenStateSize);
        for (var index = 0; index < spec.Layers * spec.Directions; index++)
        {
            var steps = new NdArray<T>(batch.Steps, batch.BatchSize, spec.HiddenStateSize);
            network.CopyHiddenGradient(index, steps.View());
            if (batch.Lengths is not null)
            {
                Padding.Clear(steps, batch.Lengths);
            }

            steps.Span.CopyTo(hidden.Step(index));
        }

        return new() { Loss = loss, Weights = weights, Inputs = inputs, InitialState = initial, Hidden = hidden };
    }
}
