using System.Globalization;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Replay;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>Whether the references agree among themselves: autograd code, and checkers, can be wrong as well.</summary>
internal static class References
{
    private const double WorstDirection = 1e-4;

    // Where a direction crosses a kink of relu another may not; a wrong gradient is wrong in all of them.
    private const int Directions = 4;

    /// <summary>Compares the manual engine with the replay, with a second engine where there is one, and with central differences.</summary>
    /// <param name="expected">What the manual engine computes.</param>
    /// <param name="replayed">What the replay of a right pass computes.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="manual">The manual engine.</param>
    /// <param name="second">A second engine, for example autograd.</param>
    /// <param name="rounding">What rounding costs.</param>
    public static ReferenceCheck Check(
        TensorSet expected, TensorSet replayed, SequenceBatch<double> batch, IRnnEngine<double> manual, IRnnEngine<double>? second, Rounding rounding)
    {
        var (agrees, lines) = (true, new List<string>());
        var floor = new NoiseFloor(_ => Precision.Float64, Evidence.Limit);
        foreach (var (name, _) in expected.Tensors)
        {
            rounding.Widen(floor, name, Variant.Right, Precision.Float64);
        }

        Compare("replay", replayed);
        if (second is not null)
        {
            var arrays = TensorSet.Of(expected.Spec, second.Forward(batch));
            arrays.AddAll(TensorSet.Of(second.Gradients(batch)));
            Compare(second.Name, arrays);
        }

        var derivative = NearestDerivative(manual, batch);
        agrees &= derivative.RelativeError < WorstDirection;
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"manual and central differences: relative {derivative.RelativeError:0.0e-0} in a random direction"));
        return new(agrees, lines);

        void Compare(string name, TensorSet arrays)
        {
            var comparison = GradientComparison.Compare(expected, arrays, floor);
            agrees &= comparison.Agrees;
            lines.Add($"manual and {name}: {comparison.Describe("manual", name)}");
        }
    }

    // The direction that comes nearest.
    private static DirectionalDerivative NearestDerivative(IRnnEngine<double> manual, SequenceBatch<double> batch)
    {
        var nearest = CentralDifferences.CheckTogether(manual, batch, seed: 0);
        for (var seed = 1; seed < Directions && !(nearest.RelativeError < WorstDirection); seed++)
        {
            var other = CentralDifferences.CheckTogether(manual, batch, seed);
            nearest = other.RelativeError < nearest.RelativeError ? other : nearest;
        }

        return nearest;
    }
}
