using RnnCompare.Experiments.Check;
using RnnCompare.Models;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Slips;

/// <summary>Mistypes programs that share nothing with this project, and counts what a check makes of what they save.</summary>
public static class SlipBenchmark
{
    /// <summary>Checks many programs with the same number of slips, each drawn from its own seed.</summary>
    /// <param name="count">How many.</param>
    /// <param name="slips">The slips in each: 0, 1 or 2.</param>
    /// <param name="firstSeed">The first seed.</param>
    /// <param name="progress">Told of every outcome, from several threads at once; null for nothing.</param>
    /// <param name="cancellation">Ends the benchmark with the programs that are under way.</param>
    /// <returns>The outcomes in the order of their seeds; those that were not reached are left out.</returns>
    public static IReadOnlyList<SlipOutcome> Run(
        int count, int slips, int firstSeed = 1, Action<SlipOutcome>? progress = null, CancellationToken cancellation = default)
    {
        var outcomes = new SlipOutcome?[count];
        Parallel.For(0, count, i =>
        {
            if (!cancellation.IsCancellationRequested)
            {
                var outcome = Judge(SlipCase.Draw(firstSeed + i, slips));
                outcomes[i] = outcome;
                progress?.Invoke(outcome);
            }
        });
        return [.. outcomes.OfType<SlipOutcome>()];
    }

    internal static SlipOutcome Judge(SlipCase drawn)
    {
        var result = PrototypeCheck.Check(drawn.Program.Name, drawn.Program.Read(drawn.Saved));
        return new(
            drawn.ToString(),
            CellOf(result.Saved.Spec),
            [.. drawn.Slips.Select(slip => slip.Kind.Name)],
            !result.Agrees,
            result.Diagnosis.Faults.Count > 0,
            string.Join(" & ", result.Diagnosis.Faults.Select(fault => fault.Id)));
    }

    private static string CellOf(RnnSpec spec) => $"{spec.Cell}{(spec.Layers > 1 ? $", {spec.Layers} layers" : "")}{(spec.Bidirectional ? ", both directions" : "")}";
}
