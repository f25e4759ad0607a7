using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Replay;
using RnnCompare.Models;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>What rounding costs a program with given mistakes: its pass repeated in its precision, in other orders of summation and with every activation one last bit off.</summary>
internal sealed class Rounding
{
    private const int Repeats = 4;
    private readonly Prototype _prototype;
    private readonly IReplay _reference;
    private readonly Dictionary<Precision, IReplay[]> _repeats = [];

    public Rounding(Prototype prototype, IReplay reference) => (_prototype, _reference) = (prototype, reference);

    /// <summary>The distances ‖·‖₂ that rounding accounts for, part by part, of one array.</summary>
    public double[] Units(string name, Variant variant)
    {
        var floor = new NoiseFloor(_prototype.PrecisionOf, multiple: 1);
        Widen(floor, name, variant);
        return floor.Units(_prototype.Weights.Spec, name, _reference.Values(name, variant));
    }

    /// <summary>Raises a floor by what rounding costs one array.</summary>
    public void Widen(NoiseFloor floor, string name, Variant variant)
    {
        foreach (var repeat in RepeatsIn(_prototype.PrecisionOf(name)))
        {
            floor.Widen(_prototype.Weights.Spec, name, _reference.Values(name, variant), repeat.Values(name, variant));
        }
    }

    private IReplay[] RepeatsIn(Precision precision)
    {
        if (!_repeats.TryGetValue(precision, out var repeats))
        {
            _repeats[precision] = repeats = [.. Enumerable.Range(0, Repeats).Select(seed => Repeat(precision, seed))];
        }

        return repeats;
    }

    private IReplay Repeat(Precision precision, int seed)
    {
        RnnWeights<double> weights = _prototype.Weights;
        return precision == Precision.Float32
            ? new ReplayedPass<float>(weights.Convert<float>(), _prototype.Batch.Convert<double, float>(), Arithmetic<float>.Wobbling(seed))
            : new ReplayedPass<double>(weights, _prototype.Batch, Arithmetic<double>.Wobbling(seed));
    }
}
