using System.Runtime.InteropServices;
using RnnCompare.Numerics.RandomNumbers;
using static TorchSharp.torch;

namespace RnnCompare.Testing.Functions;

/// <summary>Compares what a backward pass returns with its witnesses.</summary>
internal static class FunctionCheck
{
    private const double Multiple = 16;
    private const int MostElements = 256; // of one tensor that are differentiated one by one
    private const int Repeats = 6;
    private const int Seed = 11;
    private const double Float32Roundoff = 1.0 / (1 << 24);

    /// <summary>What is wrong, one line for each tensor; none where every gradient is right.</summary>
    public static IReadOnlyList<string> Problems(ISubject subject)
    {
        var problems = new List<string>();
        IReadOnlyList<double[]> float64Gradients = [];
        try
        {
            subject.In(ScalarType.Float64, computation =>
            {
                problems.AddRange(Unsteady(computation));
                if (problems.Count == 0)
                {
                    float64Gradients = new WeightedResult(computation).Gradients();
                    problems.AddRange(AgainstDifferences(computation, float64Gradients));
                }
            });
        }
        catch (ExternalException error) when (subject.Precision == ScalarType.Float32)
        {
            return [$"The function cannot be run in float64, which the check needs: {error.Message.Split('\n')[0]}"];
        }

        if (problems.Count == 0 && subject.Precision == ScalarType.Float32)
        {
            subject.In(ScalarType.Float32, computation => problems.AddRange(AgainstFloat64(computation, float64Gradients)));
        }

        return problems;
    }

    private static IEnumerable<string> Unsteady(Computation computation)
    {
        var result = new WeightedResult(computation);
        var (first, second) = (result.Value(), result.Value());
        return first.Equals(second) ? [] : [$"The function is not the same at every call ({first:r}, then {second:r}): switch off what is random in it, with eval() or a seed."];
    }

    private static IEnumerable<string> AgainstDifferences(Computation computation, IReadOnlyList<double[]> claimed)
    {
        var result = new WeightedResult(computation);
        for (var i = 0; i < computation.Leaves.Count; i++)
        {
            var (name, leaf) = computation.Leaves[i];
            var elements = Elements(claimed[i].Length);
            var differences = elements.Select(element => Along(result, leaf, UnitVector(claimed[i].Length, element))).ToArray();
            var judged = new JudgedGradient(name, leaf.shape, elements, [.. elements.Select(element => claimed[i][element])], differences);
            if (judged.Problem(Multiple) is { } problem)
            {
                yield return problem;
            }
            else if (elements.Length < claimed[i].Length && Together(result, name, leaf, claimed[i]) is { } other)
            {
                yield return other;
            }
        }
    }

    // The elements that were not looked at one by one, all together in a random direction.
    private static string? Together(WeightedResult result, string name, Tensor leaf, double[] claimed)
    {
        var random = new Random(Seed);
        double[] direction = [.. claimed.Select(_ => random.NextNormal())];
        var norm = Math.Sqrt(direction.Sum(value => value * value));
        direction = [.. direction.Select(value => value / norm)];
        var along = claimed.Zip(direction, (gradient, value) => gradient * value).Sum();
        return new JudgedGradient($"{name}, all elements in a random direction", [], [0], [along], [Along(result, leaf, direction)]).Problem(Multiple);
    }

    private static IEnumerable<string> AgainstFloat64(Computation computation, IReadOnlyList<double[]> float64Gradients)
    {
        var result = new WeightedResult(computation);
        var claimed = result.Gradients();
        var repeats = Enumerable.Range(0, Repeats).Select(seed => Wobbled(computation, result, seed)).ToArray();
        for (var i = 0; i < claimed.Count; i++)
        {
            // What rounding the inputs once more does to the gradient, and one rounding of the gradient itself.
            var rounding = Float32Roundoff * Norm(float64Gradients[i]);
            var floor = Math.Max(rounding, repeats.Max(repeat => Norm(Difference(repeat[i], claimed[i]))));
            var spread = floor / Math.Sqrt(Math.Max(1, claimed[i].Length));
            var (name, leaf) = computation.Leaves[i];
            var judged = new JudgedGradient(name, leaf.shape, [.. Enumerable.Range(0, claimed[i].Length)], claimed[i], [.. float64Gradients[i].Select(value => new CentralDifference(value, spread))])
            {
                Claimed = "float32",
                Right = "the one in float64",
            };
            if (judged.Problem(Multiple) is { } problem)
            {
                yield return problem;
            }
        }
    }

    private static IReadOnlyList<double[]> Wobbled(Computation computation, WeightedResult result, int seed)
    {
        var random = new Random(seed);
        var kept = computation.Leaves.Select(leaf => WeightedResult.Doubles(leaf.Values)).ToArray();
        foreach (var ((_, leaf), values) in computation.Leaves.Zip(kept))
        {
            Set(leaf, [.. values.Select(value => value * (1 + ((random.Next(2) == 0 ? -2 : 2) * Float32Roundoff)))]);
        }

        var gradients = result.Gradients();
        foreach (var ((_, leaf), values) in computation.Leaves.Zip(kept))
        {
            Set(leaf, values);
        }

        return gradients;
    }

    private static CentralDifference Along(WeightedResult result, Tensor leaf, double[] direction)
    {
        var start = WeightedResult.Doubles(leaf);
        var derivative = CentralDifference.Of(
            distance =>
            {
                Set(leaf, [.. start.Zip(direction, (value, part) => value + (distance * part))]);
                return (result.Value(), result.Scale);
            },
            unit: 1);
        Set(leaf, start);
        return derivative;
    }

    private static void Set(Tensor leaf, double[] values)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        leaf.copy_(tensor(values).reshape(leaf.shape));
    }

    private static int[] Elements(int count)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        if (count <= MostElements)
        {
            return all;
        }

        new Random(Seed).Shuffle(all);
        return [.. all.Take(MostElements).Order()];
    }

    private static double[] UnitVector(int length, int element)
    {
        var vector = new double[length];
        vector[element] = 1;
        return vector;
    }

    private static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));
}
