using RnnCompare.Checking.Benchmark;

namespace RnnCompare.Experiments.Check;

/// <summary>Plants mistakes in programs and counts what the doctor, and common rules, make of them.</summary>
/// <param name="Singles">Programs with one mistake.</param>
/// <param name="Pairs">Programs with two.</param>
/// <param name="Sound">Programs with none.</param>
public sealed record DoctorProof(IReadOnlyList<CaseOutcome> Singles, IReadOnlyList<CaseOutcome> Pairs, IReadOnlyList<CaseOutcome> Sound)
{
    private const int LongestList = 20;

    /// <summary>Whether nothing right was accused, and nothing wrong overlooked that the arrays reveal.</summary>
    public bool IsSound => Sound.All(outcome => !outcome.Detected) && Singles.Concat(Pairs).All(outcome => outcome.Detected || outcome.Blind);

    /// <summary>Runs the proof.</summary>
    /// <param name="singles">Programs with one mistake; there are a tenth as many pairs, and two fifths as many right programs.</param>
    /// <param name="seed">The first seed.</param>
    /// <param name="progress">Told how many cases of how many are done, from several threads at once.</param>
    /// <param name="cancellation">Ends the proof with the programs that are under way.</param>
    public static DoctorProof Run(int singles, int seed, Action<int, int> progress, CancellationToken cancellation)
    {
        int pairs = (singles + 9) / 10, sound = ((2 * singles) + 4) / 5, done = 0;
        IReadOnlyList<CaseOutcome> Part(int count, int mistakes)
        {
            return DoctorBenchmark.Run(count, mistakes, seed, _ => progress(Interlocked.Increment(ref done), singles + pairs + sound), cancellation);
        }

        return new(Part(singles, 1), Part(pairs, 2), Part(sound, 0));
    }

    /// <summary>The rates, the comparison with common rules, and what went wrong.</summary>
    public IReadOnlyList<ReportTable> Tables()
    {
        return
        [
            new(
                "The doctor on planted mistakes",
                ["programs", "number", "invisible", "one hides the other", "found of the visible", "named of those", "accused falsely"],
                [Row("one mistake", Singles), Row("two mistakes", Pairs), ["right", $"{Sound.Count}", "–", "–", "–", "–", $"{Sound.Count(outcome => outcome.Detected)}"]],
                [
                    "Any cell, sizes up to 16, weights of σ in {0.001, 0.01, 0.1, 0.3, 1}, float32 and float64, both losses, every step and last step.",
                    "invisible: rounding hides a mistake, and the doctor lists it among what it cannot tell. one hides the other: of two mistakes one alone gives the same numbers; these do not count as named or not. named: the planted mistakes stand first, or in the first group of those that the arrays cannot tell apart.",
                ]),
            new("The same programs under common rules", ["rule", "one mistake found", "two mistakes found", "accused falsely"], [.. Rules()], []),
            .. Failures("Overlooked", Singles.Concat(Pairs).Where(outcome => !outcome.Detected && !outcome.Blind)),
            .. Failures("Accused falsely", Sound.Where(outcome => outcome.Detected)),
            .. Failures("Named otherwise", Singles.Concat(Pairs).Where(outcome => outcome.Detected && !outcome.Blind && !outcome.Masked && !outcome.Named)),
        ];
    }

    private static string[] Row(string programs, IReadOnlyList<CaseOutcome> outcomes)
    {
        var visible = outcomes.Where(outcome => !outcome.Blind).ToArray();
        var found = visible.Where(outcome => outcome.Detected).ToArray();
        var told = found.Where(outcome => !outcome.Masked).ToArray();
        return
        [
            programs,
            $"{outcomes.Count}",
            $"{outcomes.Count - visible.Length}",
            $"{visible.Count(outcome => outcome.Masked)}",
            Figures.Share(found.Length, visible.Length),
            Figures.Share(told.Count(outcome => outcome.Named), told.Length),
            "–",
        ];
    }

    private IEnumerable<IReadOnlyList<string>> Rules()
    {
        string[] Line(string rule, Func<CaseOutcome, bool> finds)
        {
            return [rule, Figures.Share(Singles.Count(finds), Singles.Count), Figures.Share(Pairs.Count(finds), Pairs.Count), $"{Sound.Count(finds)}"];
        }

        yield return Line("the doctor", outcome => outcome.Detected);
        foreach (var rule in Singles.Concat(Pairs).Concat(Sound).SelectMany(outcome => outcome.CommonRules).Distinct().Order(StringComparer.Ordinal))
        {
            yield return Line(rule, outcome => outcome.CommonRules.Contains(rule));
        }
    }

    private static IEnumerable<ReportTable> Failures(string title, IEnumerable<CaseOutcome> outcomes)
    {
        var all = outcomes.ToArray();
        if (all.Length > 0)
        {
            yield return new($"{title}: {all.Length}", ["case", "answer"], [.. all.Take(LongestList).Select(outcome => (IReadOnlyList<string>)[outcome.Case, outcome.Answer])], []) { IsText = true };
        }
    }
}
