using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Comparison;

/// <summary>Multiplies values by 1 ± u at random, where u is the unit roundoff of a precision.</summary>
internal sealed class Wobble
{
    private readonly Random _random;
    private readonly double _roundoff;

    public Wobble(int seed, Precision precision)
    {
        _random = new(seed);
        _roundoff = precision.UnitRoundoff();
    }

    public RnnWeights<double> Apply(RnnWeights<double> weights)
    {
        var copy = weights.Clone();
        foreach (var tensor in copy.Tensors)
        {
            ApplyInPlace(tensor.Values);
        }

        return copy;
    }

    public SequenceBatch<double> Apply(SequenceBatch<double> batch)
    {
        return batch with
        {
            Inputs = batch.Inputs.Values is { } x ? new(Apply(x)) : batch.Inputs,
            Targets = batch.Targets?.Values is { } values ? new(Apply(values)) : batch.Targets,
            InitialState = batch.InitialState is { } state
                ? new() { Hidden = Apply(state.Hidden), Cell = state.Cell is null ? null : Apply(state.Cell) }
                : null,
        };
    }

    private NdArray<double> Apply(NdArray<double> values)
    {
        var copy = values.Clone();
        ApplyInPlace(copy);
        return copy;
    }

    private void ApplyInPlace(NdArray<double> values)
    {
        foreach (ref var value in values.Span)
        {
            value *= 1 + ((_random.Next(2) == 0 ? -1 : 1) * 2 * _roundoff);
        }
    }
}
