using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Checking.Faults;
using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Benchmark;

/// <summary>Plants mistakes and counts what the doctor makes of them.</summary>
public static class DoctorBenchmark
{
    /// <summary>Diagnoses many programs with the same number of mistakes, each drawn from its own seed.</summary>
    /// <param name="count">How many.</param>
    /// <param name="mistakes">The mistakes in each: 0, 1 or 2.</param>
    /// <param name="firstSeed">The first seed.</param>
    /// <param name="progress">Told of every outcome, from several threads at once; null for nothing.</param>
    /// <param name="cancellation">Ends the benchmark with the programs that are under way.</param>
    /// <returns>The outcomes in the order of their seeds; those that were not reached are left out.</returns>
    public static IReadOnlyList<CaseOutcome> Run(
        int count, int mistakes, int firstSeed = 1, Action<CaseOutcome>? progress = null, CancellationToken cancellation = default)
    {
        var outcomes = new CaseOutcome?[count];
        Parallel.For(0, count, i =>
        {
            if (!cancellation.IsCancellationRequested)
            {
                var outcome = Judge(CaseGenerator.Draw(firstSeed + i, mistakes));
                outcomes[i] = outcome;
                progress?.Invoke(outcome);
            }
        });
        return [.. outcomes.OfType<CaseOutcome>()];
    }

    private static CaseOutcome Judge(BenchmarkCase drawn)
    {
        var result = Doctor.Diagnose(drawn.Prototype);
        var right = new EngineRounding(drawn.Prototype.Weights, drawn.Prototype.Batch).Right;
        var rules = CommonRules.Finds.Where(rule => rule.Value(right, drawn.Prototype.Claims)).Select(rule => rule.Key).ToHashSet();
        var answer = string.Join(" & ", result.Faults.Select(fault => $"{fault.Id}{(fault.With.Count > 0 ? $" with {string.Join(", ", fault.With)}" : "")}{(fault.OneOf.Count > 0 ? $" or {string.Join(", ", fault.OneOf)}" : "")}"));
        return new(
            drawn.ToString(),
            result.Verdict == Verdict.Disagrees,
            drawn.Planted.Any(fault => IsBlind(result, fault)),
            drawn.Planted.Count > 1 && IsMasked(drawn),
            IsNamed(result, drawn.Planted),
            answer,
            rules);
    }

    private static bool IsBlind(DiagnosisResult result, Fault fault)
    {
        return result.BlindTo.Any(spot => spot.Id == fault.Id && (spot.Variants.Count == 0 || spot.Variants.Contains(fault.ToString())));
    }

    private static bool IsMasked(BenchmarkCase drawn)
    {
        var prototype = drawn.Prototype;
        var replay = new ReplayedPass<double>(prototype.Weights, prototype.Batch, Arithmetic<double>.Plain);
        var evidence = new Evidence(prototype, prototype.Claims, new(prototype.Weights, prototype.Batch));
        return drawn.Planted.Any(fault => evidence.Names.All(name => evidence.Residual(name, replay.Values(name, fault.Edit(Variant.Right))) <= BlindSpots.Hidden));
    }

    private static bool IsNamed(DiagnosisResult result, IReadOnlyList<Fault> planted)
    {
        if (result.Faults.Count == 0)
        {
            return planted.Count == 0;
        }

        // The mistakes of the first explanation, each standing for all that cannot be told from it.
        var first = result.Faults[0];
        var ids = first.With.Append(first.Id).Order().ToArray();
        var explanation = result.Faults.Where(fault => fault.With.Append(fault.Id).Order().SequenceEqual(ids)).ToList();
        return explanation.Count == planted.Count && planted.All(fault => explanation.Exists(named => named.Id == fault.Id || named.OneOf.Contains(fault.Id)));
    }
}
