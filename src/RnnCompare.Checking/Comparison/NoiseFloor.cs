using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Comparison;

/// <summary>What rounding costs every array on one batch, measured per gate and per step of time: the scale on which agreement is judged.</summary>
/// <remarks>
/// The reference is repeated in the given precision with its weights, inputs and states wobbling by one unit in the last
/// place, and compared with the float64 reference. A backward-stable computation is the exact one of such wobbled
/// operands, so the spread is what any such implementation may lie off, amplification through time included.
/// </remarks>
public sealed class NoiseFloor : Tolerance
{
    private readonly Dictionary<string, double[]> _units = [];
    private readonly double _roundoff;

    private NoiseFloor(Precision precision, double multiple)
    {
        _roundoff = UnitRoundoff.Of(precision);
        Limit = multiple;
    }

    /// <summary>The multiple of the floor that still counts as agreement.</summary>
    public override double Limit { get; }

    /// <summary>Measures the floor of everything that a forward and a backward pass compute.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="batch">The batch, with targets.</param>
    /// <param name="precision">The precision of the computation that is judged.</param>
    /// <param name="multiple">The multiple of the floor that still counts as agreement.</param>
    /// <param name="repeats">How often the reference is repeated.</param>
    /// <exception cref="ArgumentException">The batch does not fit the network, or has no targets.</exception>
    public static NoiseFloor Measure(RnnWeights<double> weights, SequenceBatch<double> batch, Precision precision, double multiple = 16, int repeats = 4)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(batch);
        var floor = new NoiseFloor(precision, multiple);
        var reference = Compute(weights, batch);
        for (var seed = 0; seed < repeats; seed++)
        {
            var wobble = new Wobble(seed, precision);
            floor.Widen(reference, precision == Precision.Float32
                ? Compute(wobble.Apply(weights).Convert<float>(), wobble.Apply(batch).Convert<double, float>())
                : Compute(wobble.Apply(weights), wobble.Apply(batch)));
        }

        return floor;
    }

    /// <inheritdoc/>
    public override double[] Units(RnnSpec spec, string name, NdArray<double> expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var parts = TensorSegments.Count(spec, name, expected.Shape);
        var units = new double[parts];
        for (var part = 0; part < parts; part++)
        {
            // One rounding of the result itself is the least that any computation costs.
            units[part] = _roundoff * ScaledNorm.Of(TensorSegments.Part(expected.Span, parts, part));
        }

        if (_units.TryGetValue(name, out var measured) && measured.Length == parts)
        {
            for (var part = 0; part < parts; part++)
            {
                units[part] = Math.Max(units[part], measured[part]);
            }
        }

        return units;
    }

    private static TensorSet Compute<T>(RnnWeights<T> weights, SequenceBatch<T> batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var engine = new ManualEngine<T>(weights);
        var set = TensorSet.Of(weights.Spec, engine.Forward(batch));
        set.AddAll(TensorSet.Of(engine.Gradients(batch)));
        return set;
    }

    private void Widen(TensorSet reference, TensorSet repeat)
    {
        foreach (var ((name, expected), (_, actual)) in reference.Tensors.Zip(repeat.Tensors))
        {
            var parts = TensorSegments.Count(reference.Spec, name, expected.Shape);
            if (!_units.TryGetValue(name, out var units))
            {
                _units[name] = units = new double[parts];
            }

            for (var part = 0; part < parts; part++)
            {
                var distance = ScaledNorm.OfDifference(TensorSegments.Part(expected.Span, parts, part), TensorSegments.Part(actual.Span, parts, part));
                units[part] = Math.Max(units[part], distance);
            }
        }
    }
}
