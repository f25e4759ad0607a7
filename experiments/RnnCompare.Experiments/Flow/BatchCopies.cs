using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Flow;

/// <summary>Copies of a batch side by side in one, so that one backward pass answers several questions.</summary>
internal static class BatchCopies
{
    /// <summary>The sequences of a batch again and again: copy c of sequence b is sequence c·B + b.</summary>
    /// <param name="batch">The batch, without loss weights.</param>
    /// <param name="count">How many copies.</param>
    /// <param name="steps">How many of its first steps.</param>
    public static SequenceBatch<double> Of(SequenceBatch<double> batch, int count, int steps)
    {
        return new()
        {
            Inputs = batch.Inputs.Values is { } values ? new(Repeat(values, count, steps)) : new(Repeat(batch.Inputs.Tokens!, count, steps)),
            Targets = batch.Targets!.Classes is { } classes ? new(Repeat(classes, count, steps)) : new(Repeat(batch.Targets.Values!, count, steps)),
            Lengths = batch.Lengths is null ? null : [.. Enumerable.Range(0, count).SelectMany(_ => batch.Lengths.Select(length => Math.Min(length, steps)))],
            InitialState = batch.InitialState is { } state ? Repeat(state, count) : null,
        };
    }

    private static RnnState<double> Repeat(RnnState<double> state, int count)
    {
        return new()
        {
            Hidden = Repeat(state.Hidden, count, state.Hidden.Shape[0]),
            Cell = state.Cell is { } cell ? Repeat(cell, count, cell.Shape[0]) : null,
        };
    }

    private static NdArray<TElement> Repeat<TElement>(NdArray<TElement> array, int count, int steps)
        where TElement : unmanaged
    {
        var result = new NdArray<TElement>([steps, count * array.Shape[1], .. array.Shape[2..]]);
        for (var t = 0; t < steps; t++)
        {
            var step = array.Step(t);
            for (var copy = 0; copy < count; copy++)
            {
                step.CopyTo(result.Step(t)[(copy * step.Length)..]);
            }
        }

        return result;
    }
}
