using System.Globalization;
using RnnCompare.Checking.Comparison;
using RnnCompare.Engines;
using RnnCompare.Equations;
using RnnCompare.Equations.Expressions;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>Whether the references agree among themselves: autograd code, and checkers, can be wrong as well.</summary>
internal static class References
{
    private const double WorstDirection = 1e-4;

    // Where a direction crosses a kink of relu another may not; a wrong gradient is wrong in all of them.
    private const int Directions = 4;

    /// <summary>Compares the engine of the cell with its equations, where it is another, with a second engine where there is one, and with central differences.</summary>
    /// <param name="prototype">The weights and the batch.</param>
    /// <param name="rounding">What the engine computes, and what rounding costs.</param>
    /// <param name="second">A second engine, for example autograd.</param>
    public static ReferenceCheck Check(Prototype prototype, EngineRounding rounding, IRnnEngine<double>? second)
    {
        var (agrees, lines) = (true, new List<string>());
        using var engine = CellEngine.Create(prototype.Weights);
        var floor = new NoiseFloor(_ => Precision.Float64, Evidence.Limit);
        rounding.Widen(floor, Precision.Float64);
        if (engine is not EquationsEngine<double>)
        {
            using var equations = new EquationsEngine<double>(prototype.Weights);
            Compare(equations);
        }

        if (second is not null)
        {
            second.LoadWeights(prototype.Weights);
            Compare(second);
        }

        var derivative = NearestDerivative(engine, prototype);
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"{engine.Name} and central differences: relative {derivative.RelativeError:0.0e-0} in a random direction"));

        // Where every direction crosses a kink, the other witness decides.
        var hasKinks = EquationCell.EquationsOf(prototype.Weights.Spec.Cell).Step.Backward.Any(statement => statement.Value.Parts().OfType<Apply>().Any(apply => !apply.Function.HasDerivative));
        return new(agrees && (derivative.RelativeError < WorstDirection || (hasKinks && second is not null)), lines);

        void Compare(IRnnEngine<double> other)
        {
            var comparison = GradientComparison.Compare(rounding.Right, TensorSet.Of(other, prototype.Batch), floor);
            agrees &= comparison.Agrees;
            lines.Add(comparison.Agrees
                ? string.Create(CultureInfo.InvariantCulture, $"{engine.Name} and {other.Name}: all arrays within {comparison.Worst.WorstPart.Residual:0.0} noise floors")
                : $"{engine.Name} and {other.Name}: {comparison.Describe(engine.Name, other.Name)}");
        }
    }

    // The direction that comes nearest.
    private static DirectionalDerivative NearestDerivative(IRnnEngine<double> engine, Prototype prototype)
    {
        var nearest = CentralDifferences.CheckTogether(engine, prototype.Batch, seed: 0);
        for (var seed = 1; seed < Directions && !(nearest.RelativeError < WorstDirection); seed++)
        {
            var other = CentralDifferences.CheckTogether(engine, prototype.Batch, seed);
            nearest = other.RelativeError < nearest.RelativeError ? other : nearest;
        }

        return nearest;
    }
}
