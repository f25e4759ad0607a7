using System.Globalization;
using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Edits;
using RnnCompare.Engines;
using RnnCompare.Equations;
using RnnCompare.Equations.Expressions;
using RnnCompare.Models;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>The doctor for a cell of one's own: judges every array against the cell's equations, and says where the wrong ones are wrong.</summary>
internal static class EquationDiagnosis
{
    private const double WorstDirection = 1e-4;

    /// <summary>Whether a cell is known by its equations alone.</summary>
    public static bool Handles(RecurrentCell cell) => cell is EquationCell;

    /// <summary>Checks everything that a program gave.</summary>
    /// <inheritdoc cref="Doctor.Diagnose(Prototype, IRnnEngine{double}?)"/>
    public static DiagnosisResult Diagnose(Prototype prototype, IRnnEngine<double>? second)
    {
        using var engine = CellEngine.Create(prototype.Weights);
        var right = WobblingEngine.Everything(engine, prototype.Batch);
        var claims = ClaimedArrays.Of(prototype, right);
        var floor = Floor(prototype, claims);
        var reference = References(right, prototype, engine, second);
        var comparison = GradientComparison.Compare(right, claims, floor);
        var result = DiagnosisResult.Of(prototype, reference, comparison);
        return result.Verdict == Verdict.Disagrees ? Explained(result, new(prototype, claims, name => right.Find(name)!, floor), right, claims) : result;
    }

    private static DiagnosisResult Explained(DiagnosisResult result, Evidence evidence, TensorSet right, TensorSet claims)
    {
        var edits = new Lazy<EditSearch>(new EditSearch(evidence));
        var explanations = edits.Value.Singles() is { Count: > 0 } singles ? singles : edits.Value.Pairs();
        return Doctor.Told(result, [.. EditText.Name(explanations, evidence.Prototype.Naming)], edits, evidence, right, claims);
    }

    // What rounding costs, measured in every precision in which an array was given.
    private static NoiseFloor Floor(Prototype prototype, TensorSet claims)
    {
        var floor = new NoiseFloor(prototype.PrecisionOf, Evidence.Limit);
        foreach (var precision in claims.Tensors.Select(tensor => prototype.PrecisionOf(tensor.Name)).Distinct())
        {
            var names = claims.Tensors.Where(tensor => prototype.PrecisionOf(tensor.Name) == precision).Select(tensor => tensor.Name).ToHashSet();
            WobblingEngine.Widen(floor, prototype.Weights, prototype.Batch, precision, truncation: null, names.Contains);
        }

        foreach (var (name, relative) in prototype.Uncertainty)
        {
            floor.Raise(name, relative);
        }

        return floor;
    }

    private static ReferenceCheck References(TensorSet right, Prototype prototype, UnrolledEngine<double> engine, IRnnEngine<double>? second)
    {
        var (agrees, lines) = (true, new List<string>());
        if (second is not null)
        {
            second.LoadWeights(prototype.Weights);
            var comparison = GradientComparison.Compare(right, WobblingEngine.Everything(second, prototype.Batch), NoiseFloor.Measure(prototype.Weights, prototype.Batch, Precision.Float64, Evidence.Limit));
            agrees = comparison.Agrees;
            lines.Add($"{engine.Name} and {second.Name}: {comparison.Describe(engine.Name, second.Name)}");
        }

        var derivative = CentralDifferences.CheckTogether(engine, prototype.Batch, seed: 0);
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"{engine.Name} and central differences: relative {derivative.RelativeError:0.0e-0} in a random direction"));

        // Where a direction crosses a kink, the other witness decides.
        var hasKinks = EquationCell.EquationsOf(prototype.Weights.Spec.Cell).Step.Backward.Any(statement => statement.Value.Parts().OfType<Apply>().Any(apply => !apply.Function.HasDerivative));
        return new(agrees && (derivative.RelativeError < WorstDirection || (hasKinks && second is not null)), lines);
    }
}
