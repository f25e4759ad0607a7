using RnnCompare.Bptt;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Truncation;

namespace RnnCompare.Checking.Comparison;

/// <summary>What rounding costs every array on one batch, measured per gate and per step of time: the scale on which agreement is judged.</summary>
/// <remarks>
/// The equations of the cell are repeated in the given precision, with every weight, input and value that is computed moved by one
/// unit in the last place, up or down at random, and compared with the float64 reference: what another program of that precision
/// may lie off, amplification through time included.
/// </remarks>
public sealed class NoiseFloor : Tolerance
{
    private readonly Dictionary<string, double[]> _units = [];
    private readonly Dictionary<string, double> _raised = [];
    private readonly Func<string, Precision> _precision;

    /// <summary>Creates a floor to which measurements are added.</summary>
    /// <param name="precision">The precision of each array.</param>
    /// <param name="multiple">The multiple of the floor that still counts as agreement.</param>
    internal NoiseFloor(Func<string, Precision> precision, double multiple)
    {
        _precision = precision;
        Limit = multiple;
    }

    /// <summary>The multiple of the floor that still counts as agreement.</summary>
    public override double Limit { get; }

    /// <summary>The least floor that there is, one rounding of each result: what lies within it lies within every measured floor too.</summary>
    /// <param name="precision">The precision of the computation that is judged.</param>
    /// <param name="multiple">The multiple of the floor that still counts as agreement.</param>
    public static NoiseFloor Least(Precision precision, double multiple = 16) => new(_ => precision, multiple);

    /// <summary>Measures the floor of everything that a forward and a backward pass compute.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="batch">The batch, with targets.</param>
    /// <param name="precision">The precision of the computation that is judged.</param>
    /// <param name="multiple">The multiple of the floor that still counts as agreement.</param>
    /// <param name="truncation">How far the gradients go back; null for full backpropagation through time.</param>
    /// <exception cref="ArgumentException">The batch does not fit the network, or has no targets; or the network is bidirectional and would be cut.</exception>
    public static NoiseFloor Measure(
        RnnWeights<double> weights, SequenceBatch<double> batch, Precision precision, double multiple = 16, TruncationSpec? truncation = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(batch);
        batch.Prepare(weights.Spec, needsTargets: true);
        var floor = new NoiseFloor(_ => precision, multiple);
        new EngineRounding(weights, batch, truncation).Widen(floor, precision);
        return floor;
    }

    /// <inheritdoc/>
    public override double[] Units(RnnSpec spec, string name, NdArray<double> expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var parts = TensorSegments.Count(spec, name, expected.Shape);
        var measured = _units.GetValueOrDefault(name);
        var units = new double[parts];
        var whole = ScaledNorm.Of(expected.Span);
        for (var part = 0; part < parts; part++)
        {
            // One rounding of the result itself is the least that any computation costs; log p errs by that of p, however near to 0 it is.
            var norm = PartDistance.Norm(expected, part, parts);
            var rounding = _precision(name).UnitRoundoff() * (name == "loss" && spec.Loss == LossKind.CrossEntropy ? Math.Max(1, norm) : norm);
            units[part] = Math.Max(rounding, measured is null ? 0 : measured[part]);
            units[part] = Math.Max(units[part], _raised.GetValueOrDefault(name) * whole);
        }

        return units;
    }

    /// <summary>Raises the floor of one array to a share of its norm.</summary>
    internal void Raise(string name, double relative)
    {
        _raised[name] = Math.Max(_raised.GetValueOrDefault(name), relative);
    }

    /// <summary>Raises the floor of some arrays to that of another measurement.</summary>
    internal void Widen(NoiseFloor measured, Func<string, bool> concerns)
    {
        foreach (var (name, units) in measured._units.Where(entry => concerns(entry.Key)))
        {
            _units[name] = _units.TryGetValue(name, out var own) ? [.. own.Zip(units, Math.Max)] : units;
        }
    }

    /// <summary>Raises the floor of one array to the distance of a repeat from the reference.</summary>
    internal void Widen(RnnSpec spec, string name, NdArray<double> reference, NdArray<double> repeat)
    {
        var parts = TensorSegments.Count(spec, name, reference.Shape);
        if (!_units.TryGetValue(name, out var units))
        {
            _units[name] = units = new double[parts];
        }

        for (var part = 0; part < parts; part++)
        {
            units[part] = Math.Max(units[part], PartDistance.Of(reference, repeat, part, parts));
        }
    }
}
