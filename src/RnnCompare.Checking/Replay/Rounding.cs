using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Data;
using RnnCompare.Models;

namespace RnnCompare.Checking.Replay;

/// <summary>What rounding costs a program: its pass repeated in its precision, in other orders of summation and with every activation one last bit off.</summary>
internal sealed class Rounding(RnnWeights<double> weights, SequenceBatch<double> batch, IReplay reference)
{
    // The spread of many elements shows in a few repeats; that of a few elements, which may all round alike, takes more.
    private const int FewElements = 16;
    private const int Repeats = 4;
    private const int RepeatsOfFew = 16;
    private readonly Dictionary<(Precision, int), IReplay> _repeats = [];

    /// <summary>Raises a floor by what rounding costs one array.</summary>
    /// <param name="floor">The floor.</param>
    /// <param name="name">The array.</param>
    /// <param name="variant">The program's mistakes.</param>
    /// <param name="precision">The program's precision.</param>
    public void Widen(NoiseFloor floor, string name, Variant variant, Precision precision)
    {
        var values = reference.Values(name, variant);
        for (var seed = 0; seed < (values.Length < FewElements ? RepeatsOfFew : Repeats); seed++)
        {
            floor.Widen(weights.Spec, name, values, RepeatIn(precision, seed).Values(name, variant));
        }
    }

    /// <summary>The distance between an array of a variant and what the program says, in units of what rounding costs that variant.</summary>
    /// <param name="evidence">What the program says.</param>
    /// <param name="name">The array.</param>
    /// <param name="variant">The program's mistakes.</param>
    public double Residual(Evidence evidence, string name, Variant variant)
    {
        var prototype = evidence.Prototype;
        var floor = new NoiseFloor(prototype.PrecisionOf, Evidence.Limit);
        Widen(floor, name, variant, prototype.PrecisionOf(name));
        floor.Raise(name, prototype.Uncertainty.GetValueOrDefault(name));
        var values = reference.Values(name, variant);
        return evidence.Residual(name, values, floor.Units(weights.Spec, name, values));
    }

    private IReplay RepeatIn(Precision precision, int seed)
    {
        if (!_repeats.TryGetValue((precision, seed), out var repeat))
        {
            _repeats[(precision, seed)] = repeat = precision == Precision.Float32
                ? new ReplayedPass<float>(weights.Convert<float>(), batch.Convert<double, float>(), Arithmetic<float>.Wobbling(seed))
                : new ReplayedPass<double>(weights, batch, Arithmetic<double>.Wobbling(seed));
        }

        return repeat;
    }
}
