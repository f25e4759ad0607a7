using System.Numerics;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Data;
using RnnCompare.Equations.Running;
using RnnCompare.Models;

namespace RnnCompare.Checking.Edits;

/// <summary>What rounding costs an edited program: it is run with weights, batches and values that are a last bit off, in the program's own precision.</summary>
/// <param name="prototype">The program's arrays.</param>
/// <param name="forward">The programs of which the forward pass is run; null for those that follow from the cell's equations.</param>
internal sealed class EditNoise(Prototype prototype, NetworkPrograms? forward)
{
    private const int Repeats = 8;
    private readonly Dictionary<(Precision, int), Func<NetworkPrograms, TensorSet>> _repeats = [];

    /// <summary>The largest distance between an edited program's arrays and what is claimed, in units of what rounding costs that program.</summary>
    /// <param name="evidence">What is claimed.</param>
    /// <param name="names">The arrays.</param>
    /// <param name="values">What the edited program computes.</param>
    /// <param name="programs">The edited program.</param>
    public double Residual(Evidence evidence, IReadOnlyList<string> names, TensorSet values, NetworkPrograms programs)
    {
        var floor = new NoiseFloor(prototype.PrecisionOf, Evidence.Limit);
        for (var seed = 0; seed < Repeats; seed++)
        {
            foreach (var precise in names.GroupBy(prototype.PrecisionOf))
            {
                var repeat = RepeatIn(precise.Key, seed)(programs);
                foreach (var name in precise)
                {
                    floor.Widen(values.Spec, name, values.Find(name)!, repeat.Find(name)!);
                }
            }
        }

        foreach (var name in names)
        {
            floor.Raise(name, prototype.Uncertainty.GetValueOrDefault(name));
        }

        return names.Max(name => evidence.Residual(name, values.Find(name)!, floor.Units(values.Spec, name, values.Find(name)!)));
    }

    private Func<NetworkPrograms, TensorSet> RepeatIn(Precision precision, int seed)
    {
        if (!_repeats.TryGetValue((precision, seed), out var repeat))
        {
            var wobble = new Wobble(seed, precision);
            var (weights, batch) = (wobble.Apply(prototype.Weights), wobble.Apply(prototype.Batch));
            _repeats[(precision, seed)] = repeat = precision == Precision.Float32
                ? Repeat(new EditedPass<float>(weights.Convert<float>(), batch.Convert<double, float>(), forward, wobble.Move))
                : Repeat(new EditedPass<double>(weights, batch, forward, wobble.Move));
        }

        return repeat;
    }

    private static Func<NetworkPrograms, TensorSet> Repeat<T>(EditedPass<T> pass)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return programs => pass.Run(programs);
    }
}
