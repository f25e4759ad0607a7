using RnnCompare.Checking.Comparison;
using RnnCompare.Engines;
using RnnCompare.Equations.Expressions;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Check;

/// <summary>Checks the gradient of the outputs, with which a backward pass begins: p − target, or y − target, as it counts in the loss.</summary>
internal static class OutputAdjoint
{
    /// <summary>Compares it; null where the prototype gives none, or no loss.</summary>
    /// <remarks>Some scale it by what the loss is divided by at once, others only the gradients of weights: both are right.</remarks>
    public static TensorComparison? Compare(SavedPrototype saved, IRnnEngine<double> manual)
    {
        if (saved.Claims.FirstOrDefault(claim => claim.Tensor == SavedPrototype.OutputGradient) is not { } claim || saved.Batch.Targets is null || saved.Upstream is not null)
        {
            return null;
        }

        var (y, weights) = (manual.Forward(saved.Batch).Outputs, saved.Batch.LossWeightsFor(saved.Spec));
        var scaled = Of(saved, y, weights.Data);
        var unscaled = Of(saved, y, [.. weights.Data.Select(weight => weight == 0 ? 0.0 : 1)]);
        var right = Distance(claim.Values, unscaled) < Distance(claim.Values, scaled) ? unscaled : scaled;
        var precision = PrototypeCheck.PrecisionOf(saved).Lower(PrototypeCheck.PrecisionOf(claim));
        return TensorComparison.Compare(saved.Spec, claim.Tensor, right, claim.Values, new OutputTolerance(NoiseFloor.Measure(saved.Weights, saved.Batch, precision), y, Largest(right, y)));
    }

    private static NdArray<double> Of(SavedPrototype saved, NdArray<double> y, double[] weights)
    {
        var (dy, targets) = (y.Clone(), saved.Batch.Targets!);
        for (var row = 0; row < dy.Rows; row++)
        {
            var values = dy.Row(row);
            if (targets.Classes is { } classes)
            {
                Function.Softmax.Evaluate<double>(values, values, values.Length);
                values[(int)classes.Data[row]] -= 1;
            }
            else
            {
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] -= targets.Values!.Data[(row * values.Length) + i];
                }
            }

            Vectors.Multiply(values, weights[row]);
        }

        return dy;
    }

    // By how much dy may move at most where y moves by one: softmax and subtraction move by no more than y does.
    private static double Largest(NdArray<double> dy, NdArray<double> y) => Math.Max(1, Norm(dy) / Math.Max(Norm(y), double.Epsilon));

    private static double Distance(NdArray<double> a, NdArray<double> b) => Math.Sqrt(a.Data.Zip(b.Data, (x, y) => (x - y) * (x - y)).Sum());

    private static double Norm(NdArray<double> values) => Math.Sqrt(values.Data.Sum(value => value * value));

    private sealed class OutputTolerance(Tolerance floor, NdArray<double> y, double factor) : Tolerance
    {
        public override double Limit => floor.Limit;

        public override double[] Units(RnnSpec spec, string name, NdArray<double> expected) => [factor * floor.Units(spec, "y", y).Sum()];
    }
}
