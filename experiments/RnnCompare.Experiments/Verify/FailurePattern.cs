using System.Globalization;
using RnnCompare.Checking.Comparison;

namespace RnnCompare.Experiments.Verify;

/// <summary>Where a layer is wrong, said in words: the simplest conditions that separate the wrong cases from the right ones.</summary>
public static class FailurePattern
{
    private static readonly int[] Moduli = [2, 4, 8, 16, 32, 64];

    // Each is tried as an explanation: what all wrong cases share and right ones may not.
    private static readonly (string Words, Func<LayerCase, bool> Holds)[] Conditions =
    [
        ("without packing", layerCase => !layerCase.Packed),
        ("with packed sequences", layerCase => layerCase.Packed),
        ("with one direction", layerCase => !layerCase.Bidirectional),
        ("with two directions", layerCase => layerCase.Bidirectional),
        ("with one layer", layerCase => layerCase.Layers == 1),
        ("with several layers", layerCase => layerCase.Layers > 1),
        ("on one thread", layerCase => layerCase.Threads == 1),
        ("on several threads", layerCase => layerCase.Threads > 1),
        ("with initial states given", layerCase => layerCase.InitialState),
        ("without initial states", layerCase => !layerCase.InitialState),
    ];

    /// <summary>One line for each layer, precision and set of paths that are wrong in the same way.</summary>
    public static IReadOnlyList<string> Describe(IReadOnlyList<LayerFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return
        [
            .. findings.GroupBy(finding => (finding.Layer, finding.Case.Precision))
                .SelectMany(layer => layer.GroupBy(finding => finding.Path)
                    .Where(path => path.Any(finding => !finding.Agrees))
                    .Select(path => (path.Key, Where: Where([.. path]), Worst: path.Where(finding => !finding.Agrees).Max(Distance)))
                    .GroupBy(path => path.Where)
                    .Select(paths => Line(layer.Key.Layer, layer.Key.Precision, [.. paths.Select(path => path.Key)], paths.Key, paths.Max(path => path.Worst)))),
        ];
    }

    /// <summary>How far a wrong case is off, relative to the array.</summary>
    internal static double Distance(LayerFinding finding) => double.IsNaN(finding.Worst.Relative) ? double.PositiveInfinity : finding.Worst.Relative;

    private static string Line(string layer, Precision precision, LayerPath[] paths, string where, double worst)
    {
        var size = double.IsInfinity(worst) ? "with values that are no numbers" : string.Create(CultureInfo.InvariantCulture, $"by up to {Percent(worst)}");
        return $"{layer}, {precision.Name()}, {Words(paths)}: wrong {where}, {size}";
    }

    private static string Percent(double relative) => relative < 1e-3 ? relative.ToString("0.0e-0", CultureInfo.InvariantCulture) : $"{(100 * relative).ToString("G2", CultureInfo.InvariantCulture)} %";

    private static string Words(LayerPath[] paths)
    {
        var forward = paths.Where(path => path != LayerPath.Backward).ToArray();
        string[] parts =
        [
            .. forward.Length switch
            {
                3 => ["every forward pass"],
                2 when !forward.Contains(LayerPath.WithGradients) => ["without gradients"],
                _ => forward.Select(path => path switch { LayerPath.NoGrad => "no_grad", LayerPath.Inference => "inference_mode", _ => "with gradients" }).ToArray(),
            },
            .. paths.Contains(LayerPath.Backward) ? ["gradients"] : Array.Empty<string>(),
        ];
        return string.Join(" and ", parts);
    }

    private static string Where(IReadOnlyList<LayerFinding> findings)
    {
        var wrong = findings.Where(finding => !finding.Agrees).Select(finding => finding.Case).ToArray();
        if (wrong.Length == findings.Count)
        {
            return "everywhere";
        }

        // What all wrong cases share narrows the question to the cases that share it as well.
        var shared = Conditions.Where(condition => Array.TrueForAll(wrong, layerCase => condition.Holds(layerCase))).ToList();
        var right = findings.Where(finding => finding.Agrees).Select(finding => finding.Case).ToArray();
        foreach (var chosen in Subsets(shared))
        {
            var rivals = right.Where(layerCase => chosen.TrueForAll(condition => condition.Holds(layerCase))).ToArray();
            var sizes = rivals.Length == 0 ? "" : SizesApart(wrong, rivals);
            if (sizes is not null)
            {
                return string.Join(" ", [.. sizes.Length > 0 ? [sizes] : Array.Empty<string>(), .. chosen.Select(condition => condition.Words)]);
            }
        }

        return $"in {wrong.Length} of {findings.Count} cases, H = {Listed(wrong.Select(layerCase => layerCase.HiddenSize))}, which no simple rule separates from the right ones";
    }

    // The fewest conditions first.
    private static IEnumerable<List<(string Words, Func<LayerCase, bool> Holds)>> Subsets(List<(string Words, Func<LayerCase, bool> Holds)> shared)
    {
        yield return [];
        for (var i = 0; i < shared.Count; i++)
        {
            yield return [shared[i]];
        }

        for (var i = 0; i < shared.Count; i++)
        {
            for (var j = i + 1; j < shared.Count; j++)
            {
                yield return [shared[i], shared[j]];
            }
        }
    }

    // A rule on H, or else on B, that holds for all of the wrong and none of the right; null where there is none.
    private static string? SizesApart(LayerCase[] wrong, LayerCase[] right)
    {
        return Apart("H", [.. wrong.Select(layerCase => layerCase.HiddenSize)], [.. right.Select(layerCase => layerCase.HiddenSize)])
            ?? Apart("B", [.. wrong.Select(layerCase => layerCase.BatchSize)], [.. right.Select(layerCase => layerCase.BatchSize)]);
    }

    private static string? Apart(string letter, HashSet<int> wrong, HashSet<int> right)
    {
        if (wrong.Overlaps(right))
        {
            return null;
        }

        if (wrong.Max() < right.Min())
        {
            return $"wherever {letter} is at most {wrong.Max()}";
        }

        if (wrong.Min() > right.Max())
        {
            return $"wherever {letter} is at least {wrong.Min()}";
        }

        foreach (var modulus in Moduli)
        {
            // Remainders 1 to m: a block that is full has remainder m, not 0.
            var remainders = wrong.Select(Remainder).Order().ToArray();
            if (!right.Any(size => Remainder(size) is var remainder && remainder >= remainders[0] && remainder <= remainders[^1]))
            {
                return remainders[0] == remainders[^1]
                    ? $"wherever {letter} mod {modulus} is {remainders[0] % modulus}"
                    : $"wherever {letter} mod {modulus} is {remainders[0]} to {remainders[^1]}";
            }

            int Remainder(int size) => ((size - 1) % modulus) + 1;
        }

        return $"for {letter} = {Listed(wrong)}";
    }

    private static string Listed(IEnumerable<int> sizes) => string.Join(", ", sizes.Distinct().Order());
}
