using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Check;

/// <summary>Checks the gradient of a table in which inputs are looked up: each row is the sum of dx over the steps that read it.</summary>
internal static class TokenTable
{
    /// <summary>Compares it; null where the prototype has none.</summary>
    public static TensorComparison? Compare(SavedPrototype saved, IRnnEngine<double> manual)
    {
        if (Claim(saved) is not { } claim)
        {
            return null;
        }

        var dx = manual.Gradients(saved.Batch).Inputs!;
        var precision = PrototypeCheck.PrecisionOf(saved) == Precision.Float32 ? Precision.Float32 : PrototypeCheck.PrecisionOf(claim);
        var tolerance = new WholeTolerance(NoiseFloor.Measure(saved.Weights, saved.Batch, precision), dx);
        return TensorComparison.Compare(saved.Spec, claim.Tensor, Summed(saved.Tokens!, dx, claim.Values), claim.Values, tolerance);
    }

    /// <summary>The mistake where repeated tokens overwrite each other; otherwise none.</summary>
    public static IEnumerable<NamedFault> Faults(SavedPrototype saved, TensorComparison comparison, IRnnEngine<double> manual)
    {
        var claim = Claim(saved)!;
        var dx = manual.Gradients(saved.Batch).Inputs!;
        foreach (var byTime in (bool[])[true, false])
        {
            var last = Overwritten(saved.Tokens!, dx, claim.Values, byTime);
            var distance = Enumerable.Range(0, last.Length).Max(i => Math.Abs(last.Data[i] - claim.Values.Data[i]));
            if (distance <= comparison.Limit * comparison.NoiseFloor * Math.Sqrt(last.Data.Sum(value => value * value)))
            {
                yield return new()
                {
                    Id = "repeated-tokens-overwritten",
                    With = [],
                    OneOf = [],
                    Stage = FaultStage.Backward,
                    Parameters = new Dictionary<string, string>(),
                    Residual = 0,
                    Tensors = [claim.Name],
                    Wrong = $"{claim.Name}[tokens] += dx",
                    Right = $"np.add.at({claim.Name}, tokens, dx), for += on an index keeps only the last of equal ones",
                };
                yield break;
            }
        }
    }

    private static PrototypeArray<double>? Claim(SavedPrototype saved) => saved.Tokens is null ? null : saved.Claims.FirstOrDefault(claim => claim.Tensor == SavedPrototype.TableGradient);

    private static NdArray<double> Summed(NdArray<long> tokens, NdArray<double> dx, NdArray<double> table)
    {
        var sum = new NdArray<double>([.. table.Shape]);
        for (var row = 0; row < tokens.Length; row++)
        {
            Vectors.Add<double>(dx.Row(row), sum.Row((int)tokens.Data[row]));
        }

        return sum;
    }

    private static NdArray<double> Overwritten(NdArray<long> tokens, NdArray<double> dx, NdArray<double> table, bool byTime)
    {
        var last = new NdArray<double>([.. table.Shape]);
        var (steps, batchSize) = (tokens.Shape[0], tokens.Shape[1]);
        for (var i = 0; i < tokens.Length; i++)
        {
            var row = byTime ? i : (i % steps * batchSize) + (i / steps);
            dx.Row(row).CopyTo(last.Row((int)tokens.Data[row]));
        }

        return last;
    }

    // What rounding allows all of dx, for a sum of its rows.
    private sealed class WholeTolerance(Tolerance floor, NdArray<double> dx) : Tolerance
    {
        public override double Limit => floor.Limit;

        public override double[] Units(RnnSpec spec, string name, NdArray<double> expected) => [floor.Units(spec, "dx", dx).Sum()];
    }
}
