
namespace RnnCompare.Experiments.Slips;

/// <summary>The half of the doctor's benchmark that plants no faults of its own: programs whose source is mistyped.</summary>
/// <param name="Singles">Programs with one slip.</param>
/// <param name="Pairs">Programs with two.</param>
/// <param name="Sound">Programs with none.</param>
public sealed record SlipProof(IReadOnlyList<SlipOutcome> Singles, IReadOnlyList<SlipOutcome> Pairs, IReadOnlyList<SlipOutcome> Sound)
{
    private const int LongestList = 100;

    /// <summary>Whether nothing right was accused, and nothing wrong overlooked.</summary>
    public bool IsSound => Sound.All(outcome => !outcome.Detected) && Singles.Concat(Pairs).All(outcome => outcome.Detected);

    /// <summary>Runs the proof.</summary>
    /// <param name="singles">Programs with one slip; there are a tenth as many pairs, and two fifths as many right programs.</param>
    /// <param name="seed">The first seed.</param>
    /// <param name="progress">Told how many cases of how many are done, from several threads at once.</param>
    /// <param name="cancellation">Ends the proof with the programs that are under way.</param>
    public static SlipProof Run(int singles, int seed, Action<int, int> progress, CancellationToken cancellation)
    {
        int pairs = (singles + 9) / 10, sound = ((2 * singles) + 4) / 5, done = 0;
        IReadOnlyList<SlipOutcome> Part(int count, int slips)
        {
            return SlipBenchmark.Run(count, slips, seed, _ => progress(Interlocked.Increment(ref done), singles + pairs + sound), cancellation);
        }

        return new(Part(singles, 1), Part(pairs, 2), Part(sound, 0));
    }

    /// <summary>The rates, by kind of slip and by cell, and what was not explained.</summary>
    public IReadOnlyList<ReportTable> Tables()
    {
        return
        [
            new(
                "The doctor on mistyped programs",
                ["programs", "number", "detected", "explained", "accused"],
                [Row("one slip", Singles, "–"), Row("two slips", Pairs, "–"), ["right", $"{Sound.Count}", "–", "–", $"{Sound.Count(outcome => outcome.Detected)}"]],
                [
                    $"{SourceProgram.All.Count} plain programs, written apart from everything that checks them; one expression of the backward pass typed otherwise, at random; kept where the forward pass stays as it is and a gradient moves by more than 1,000 noise floors.",
                    "explained: something is named whose replay meets every array that the program saved.",
                ]),
            new(
                "By kind of slip",
                ["one slip", "number", "detected", "explained"],
                [.. SlipKind.All.Select(kind => Row(kind.Name, [.. Singles.Where(outcome => outcome.Kinds[0] == kind.Name)]))],
                []),
            new(
                "By cell",
                ["cell", "one slip", "explained", "two slips", "explained"],
                [.. Singles.Concat(Pairs).Select(outcome => outcome.Cell).Distinct().Order(StringComparer.Ordinal).Select(CellRow)],
                []),
            .. Failures("Overlooked", Singles.Concat(Pairs).Where(outcome => !outcome.Detected)),
            .. Failures("Accused falsely", Sound.Where(outcome => outcome.Detected)),
            .. Failures("Not explained", Singles.Concat(Pairs).Where(outcome => outcome is { Detected: true, Explained: false })),
        ];
    }

    private static string[] Row(string name, IReadOnlyList<SlipOutcome> outcomes, params string[] more)
    {
        return
        [
            name,
            $"{outcomes.Count}",
            Figures.Percent((double)outcomes.Count(outcome => outcome.Detected) / outcomes.Count),
            Explained(outcomes),
            .. more,
        ];
    }

    private string[] CellRow(string cell)
    {
        SlipOutcome[] singles = [.. Singles.Where(outcome => outcome.Cell == cell)], pairs = [.. Pairs.Where(outcome => outcome.Cell == cell)];
        return [cell, $"{singles.Length}", Explained(singles), $"{pairs.Length}", Explained(pairs)];
    }

    private static string Explained(IReadOnlyList<SlipOutcome> outcomes) => Figures.Share(outcomes.Count(outcome => outcome.Explained), outcomes.Count);

    private static IEnumerable<ReportTable> Failures(string title, IEnumerable<SlipOutcome> outcomes)
    {
        var all = outcomes.ToArray();
        if (all.Length > 0)
        {
            yield return new($"{title}: {all.Length}", ["case", "answer"], [.. all.Take(LongestList).Select(outcome => (IReadOnlyList<string>)[outcome.Case, outcome.Answer])], []) { IsText = true };
        }
    }
}
