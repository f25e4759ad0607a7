using MathNet.Numerics.LinearAlgebra;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Equations.Derivation;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;
using RnnCompare.Equations.Running;
using RnnCompare.Models;

namespace RnnCompare.Checking.Edits;

/// <summary>
/// What a program itself computed for an adjoint at every step, found from its gradients: these are sums over steps and sequences of
/// adjoints times values that are known, one linear equation for every element. Where there are as many values as rows, the adjoint follows.
/// </summary>
/// <param name="Layer">The layer and direction; −1 for the read-out.</param>
/// <param name="Name">The adjoint.</param>
/// <param name="Values">A row for every (step, sequence) pair.</param>
/// <param name="Condition">How much larger the relative error of the rows may be than that of the gradients.</param>
/// <param name="Error">What the norm of a step's rows may be off by.</param>
internal sealed record RecoveredDelta(int Layer, string Name, Matrix<double> Values, double Condition, double Error)
{
    // More rows than these cost more than they tell.
    private const int MostRows = 64;
    private const double WorstCondition = 1e5;

    // Of the gradients, what may be left unexplained by the best adjoint: more is a slip in the sums themselves.
    private const double Consistent = 1e-9;
    private const double Slack = 256;

    /// <summary>Every adjoint that the arrays given determine.</summary>
    /// <param name="evidence">What the program says.</param>
    /// <param name="pass">The forward pass.</param>
    public static IReadOnlyList<RecoveredDelta> Find(Evidence evidence, EditedPass<double> pass)
    {
        var batch = evidence.Prototype.Batch;
        if (batch.Lengths is not null || batch.Steps * batch.BatchSize > MostRows)
        {
            return [];
        }

        var found = new List<RecoveredDelta>();
        for (var layer = -1; layer < pass.Programs.Layers.Count; layer++)
        {
            var program = pass.ProgramOf(layer);
            var sums = program.Backward.Where(statement => statement.Adds).Select(statement => Sum.Of(statement, layer, program.Scope, evidence, pass)).OfType<Sum>();
            foreach (var same in sums.GroupBy(sum => sum.Delta))
            {
                if (Solve(layer, same.Key, [.. same], evidence) is { } delta)
                {
                    found.Add(delta);
                }
            }
        }

        return found;
    }

    /// <summary>Whether an adjoint of an edited program is the program's own, step by step.</summary>
    /// <param name="pass">The pass that ran it last.</param>
    public IEnumerable<bool> Fits(EditedPass<double> pass)
    {
        var (computed, batchSize) = (pass.ValueOf(Layer, Name, shift: 0), pass.BatchSize);
        for (var first = 0; first < Values.RowCount; first += batchSize)
        {
            var square = 0.0;
            for (var row = first; row < first + batchSize; row++)
            {
                for (var j = 0; j < Values.ColumnCount; j++)
                {
                    square += Math.Pow(computed[row, j] - Values[row, j], 2);
                }
            }

            yield return Math.Sqrt(square) <= Error;
        }
    }

    // All sums, or all but one where those do not agree with each other.
    private static RecoveredDelta? Solve(int layer, string name, Sum[] sums, Evidence evidence)
    {
        var roundoff = sums.Max(sum => evidence.Prototype.PrecisionOf(sum.Array).UnitRoundoff());
        IEnumerable<Sum[]> choices = sums.Length > 1 ? sums.Select(left => sums.Where(sum => sum != left).ToArray()).Prepend(sums) : [sums];
        return choices.Select(chosen => Solved(layer, name, chosen, roundoff)).FirstOrDefault(delta => delta is not null);
    }

    private static RecoveredDelta? Solved(int layer, string name, Sum[] sums, double roundoff)
    {
        var factors = sums.Select(sum => sum.Factor).Aggregate((all, next) => all.Append(next)).Transpose();
        var claims = sums.Select(sum => sum.Claim).Aggregate((all, next) => all.Stack(next));
        if (factors.ColumnCount > factors.RowCount)
        {
            return null;
        }

        var svd = factors.Svd();
        if (!(svd.ConditionNumber < WorstCondition))
        {
            return null;
        }

        var values = svd.Solve(claims);
        var left = (claims - (factors * values)).FrobeniusNorm();
        return left <= Math.Max(Consistent, Slack * roundoff) * claims.FrobeniusNorm()
            ? new(layer, name, values, svd.ConditionNumber, Slack * roundoff * svd.ConditionNumber * values.FrobeniusNorm())
            : null;
    }

    // A claimed gradient (m, n) that is the sum over all rows of a known factor (rows, m) times an adjoint (rows, n).
    private sealed record Sum(string Delta, string Array, Matrix<double> Factor, Matrix<double> Claim)
    {
        public static Sum? Of(Statement statement, int layer, Scope scope, Evidence evidence, EditedPass<double> pass)
        {
            var weight = scope.Variables.FirstOrDefault(variable => variable.Role == VariableRole.Weight && AdjointNames.Of(variable.Name) == statement.Name)?.Name;
            if (weight is null || !evidence.Names.Contains(pass.PlaceOf(layer, weight).Array))
            {
                return null;
            }

            var place = pass.PlaceOf(layer, weight);
            return statement.Value switch
            {
                BatchSum { Operand: Reference delta } => Made(delta, factor: null, isTransposed: false),
                MatrixProduct { Left: Transpose { Operand: Reference left }, Right: Reference right } => IsAdjoint(left) ? Made(left, right, isTransposed: true) : Made(right, left, isTransposed: false),
                _ => null,
            };

            bool IsAdjoint(Reference reference) => scope[reference.Name].Role == VariableRole.Adjoint;

            Sum Made(Reference delta, Reference? factor, bool isTransposed)
            {
                var rows = pass.ValueOf(layer, delta.Name, 0).RowCount;
                var known = factor is null ? Matrix<double>.Build.Dense(rows, 1, 1.0) : pass.ValueOf(layer, factor.Name, factor.Shift);
                var length = pass.ValueOf(layer, delta.Name, 0).ColumnCount;
                var claim = evidence.Claim(place.Array).Data.AsSpan(place.Offset, length * known.ColumnCount).ToArray();

                // Rows of an array lie behind each other; so do the columns of a matrix here.
                var matrix = isTransposed ? Matrix<double>.Build.Dense(known.ColumnCount, length, claim) : Matrix<double>.Build.Dense(length, known.ColumnCount, claim).Transpose();
                return new(delta.Name, place.Array, known, matrix);
            }
        }
    }
}
