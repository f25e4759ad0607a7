using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Optimizers;

namespace RnnCompare.Truncation;

/// <summary>Cuts the steps of a batch into windows.</summary>
/// <remarks>
/// Every window has all B sequences, and an engine refuses sequences without a step. So one that has ended before the window
/// makes a single step there, on zeros, which counts in no loss; <see cref="Hold"/> takes it back.
/// </remarks>
/// <param name="spec">The network.</param>
/// <param name="batch">The batch, prepared for it.</param>
/// <param name="lossWeights">The weight of each output in the loss, (T, B) or (B).</param>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class BatchWindows<T>(RnnSpec spec, SequenceBatch<T> batch, NdArray<T> lossWeights)
    where T : unmanaged, INumber<T>
{
    /// <summary>Some steps, without targets.</summary>
    /// <param name="start">The first step.</param>
    /// <param name="end">The step after the last.</param>
    /// <param name="state">The state before the first.</param>
    public SequenceBatch<T> Cut(int start, int end, RnnState<T> state)
    {
        return new()
        {
            Inputs = batch.Inputs.Cut(start, end),
            Lengths = batch.Lengths?.Select(length => Math.Clamp(length - start, 1, end - start)).ToArray(),
            InitialState = state,
        };
    }

    /// <summary>A window with its targets and the weights of the losses that count in it.</summary>
    public SequenceBatch<T> Cut(TruncationWindow window, RnnState<T> state)
    {
        return Cut(window.Start, window.End, state) with
        {
            Targets = spec.Outputs == OutputMode.EveryStep ? batch.Targets!.Cut(window.Start, window.End) : batch.Targets,
            LossWeights = WeightsIn(window),
        };
    }

    /// <summary>Gives sequences that have ended before a step the state that they had.</summary>
    /// <param name="before">The state before the step.</param>
    /// <param name="after">The state at the end of a window that begins with the step.</param>
    /// <param name="step">The step.</param>
    /// <returns>A copy.</returns>
    public RnnState<T> Hold(RnnState<T> before, RnnState<T> after, int step)
    {
        var state = after.Convert<T>();
        for (var b = 0; b < batch.BatchSize; b++)
        {
            if (batch.LengthOf(b) <= step)
            {
                HoldPart(before.Hidden, state.Hidden, b);
                if (state.Cell is not null)
                {
                    HoldPart(before.Cell!, state.Cell, b);
                }
            }
        }

        return state;
    }

    private void HoldPart(NdArray<T> before, NdArray<T> after, int sequence)
    {
        for (var row = sequence; row < after.Rows; row += batch.BatchSize)
        {
            before.Row(row).CopyTo(after.Row(row));
        }
    }

    private NdArray<T> WeightsIn(TruncationWindow window)
    {
        if (spec.Outputs == OutputMode.EveryStep)
        {
            var weights = lossWeights.Cut(window.Start, window.End);
            weights.Span[..((window.FirstCounted - window.Start) * batch.BatchSize)].Clear();
            return weights;
        }

        var last = lossWeights.Clone();
        for (var b = 0; b < batch.BatchSize; b++)
        {
            var step = batch.LengthOf(b) - 1;
            if (step < window.FirstCounted || step >= window.End)
            {
                last.Data[b] = T.Zero;
            }
        }

        return last;
    }
}
