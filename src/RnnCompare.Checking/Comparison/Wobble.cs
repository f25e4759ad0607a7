using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Comparison;

/// <summary>Multiplies values by 1 ± u at random, where u is the unit roundoff of a precision.</summary>
public sealed class Wobble
{
    // Of a number that NextInt64 draws.
    private const int Bits = 63;
    private readonly Random _random;
    private readonly double _roundoff;

    /// <summary>Starts a sequence of random moves.</summary>
    /// <param name="seed">What it starts from.</param>
    /// <param name="precision">The precision whose last place is moved.</param>
    public Wobble(int seed, Precision precision)
    {
        _random = new(seed);
        _roundoff = precision.UnitRoundoff();
    }

    /// <summary>Weights with every value moved.</summary>
    public RnnWeights<double> Apply(RnnWeights<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var copy = weights.Clone();
        foreach (var tensor in copy.Tensors)
        {
            Move(tensor.Values.Span);
        }

        return copy;
    }

    /// <summary>A batch with every value of inputs, targets and first states moved.</summary>
    public SequenceBatch<double> Apply(SequenceBatch<double> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
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
        Move(copy.Span);
        return copy;
    }

    /// <summary>Moves values where they stand: one unit in the last place of the precision, up or down.</summary>
    /// <typeparam name="T">The precision in which they are held, this one or a higher.</typeparam>
    public void Move<T>(Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (up, down) = (T.CreateChecked(1 + (2 * _roundoff)), T.CreateChecked(1 - (2 * _roundoff)));
        for (var start = 0; start < values.Length; start += Bits)
        {
            var bits = _random.NextInt64();
            foreach (ref var value in values[start..Math.Min(start + Bits, values.Length)])
            {
                value *= (bits & 1) == 0 ? up : down;
                bits >>= 1;
            }
        }
    }
}
