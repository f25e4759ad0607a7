using RnnCompare.Checking.Comparison;
using RnnCompare.Equations;

namespace RnnCompare.Checking.Probing;

/// <summary>Makes probes.</summary>
public static class ProbeMaker
{
    private const int Draws = 4;

    /// <summary>Draws weights and a batch several times over, and returns what hides least.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="ArgumentException">The cell's equations are not known to the checker.</exception>
    public static Probe Make(ProbeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.BatchSize, 1);
        var random = new Random(request.Seed);
        return Enumerable.Range(0, Draws).Select(_ => Draw(request, random)).MinBy(probe => probe.BlindTo.Count + probe.NotToldApart.Count)!;
    }

    private static Probe Draw(ProbeRequest request, Random random)
    {
        var (spec, steps, batchSize) = (request.Spec, request.Steps, request.BatchSize);

        // Biases as large as what else arrives at a unit.
        var weights = RandomProblem.Weights(spec, random, values => request.Sigma ?? (values.Rank == 2 ? 1 / Math.Sqrt(Math.Max(2, values.Columns)) : 0.3));
        var batch = RandomProblem.Batch(spec, random, steps, batchSize, tokens: false, lengths: false, state: true);
        if (request.Lengths)
        {
            batch = batch with { Lengths = [.. Enumerable.Range(0, batchSize).Select(sequence => Math.Max(1, steps - sequence))] };
        }

        if (request.Precision == Precision.Float32)
        {
            (weights, batch) = RandomProblem.Rounded(weights, batch);
        }

        if (!Replay.CellEquations<double>.Knows(spec.Cell))
        {
            if (spec.Cell is EquationCell { Equations.ReadOut.Bias: null })
            {
                weights.by.Span.Clear();
            }

            return new() { Weights = weights, Batch = batch, BlindTo = [], NotToldApart = [] };
        }

        return new Discrimination(weights, batch, request.Precision).Judge();
    }
}
