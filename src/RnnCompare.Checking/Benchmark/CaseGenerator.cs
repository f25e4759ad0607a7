using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Checking.Faults;
using RnnCompare.Checking.Probing;
using RnnCompare.Checking.Replay;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Benchmark;

/// <summary>Draws programs: any cell, sizes, loss, precision and size of weights, with any mistakes of the catalogue.</summary>
internal static class CaseGenerator
{
    private static readonly double[] Sigmas = [0.001, 0.01, 0.1, 0.3, 1];

    /// <summary>A program with some mistakes.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="mistakes">0, 1 or 2.</param>
    public static BenchmarkCase Draw(int seed, int mistakes)
    {
        var random = new Random(seed);
        while (true)
        {
            var sigma = Sigmas[random.Next(Sigmas.Length)];
            var precision = random.Next(2) == 0 ? Precision.Float32 : Precision.Float64;
            var spec = DrawSpec(random);
            var (weights, batch) = (RandomProblem.Weights(spec, random, _ => sigma), DrawBatch(random, spec));
            if (precision == Precision.Float32)
            {
                (weights, batch) = RandomProblem.Rounded(weights, batch);
            }

            if (DrawFaults(random, weights, batch, mistakes) is { } faults)
            {
                var claims = precision == Precision.Float32
                    ? Compute(new ReplayedPass<float>(weights.Convert<float>(), batch.Convert<double, float>(), Arithmetic<float>.Wobbling(seed)), faults)
                    : Compute(new ReplayedPass<double>(weights, batch, Arithmetic<double>.Wobbling(seed)), faults);
                var prototype = new Prototype { Weights = weights, Batch = batch, Claims = Given(random, claims), Precision = precision };
                return new(prototype, faults, sigma, seed);
            }
        }
    }

    private static RnnSpec DrawSpec(Random random)
    {
        int Size() => random.Next(1, 17);
        return new()
        {
            Cell = CellTable.All[random.Next(CellTable.All.Count)],
            InputSize = Size(),
            HiddenSize = Size(),
            OutputSize = random.Next(2, 9),
            Layers = random.Next(4) == 0 ? 2 : 1,
            Bidirectional = random.Next(6) == 0,
            Outputs = random.Next(3) == 0 ? OutputMode.LastStep : OutputMode.EveryStep,
            Loss = random.Next(3) == 0 ? LossKind.SquaredError : LossKind.CrossEntropy,
            Reduction = random.Next(2) == 0 ? Reduction.Sum : Reduction.Mean,
        };
    }

    private static SequenceBatch<double> DrawBatch(Random random, RnnSpec spec)
    {
        var (steps, batchSize) = (random.Next(1, 9), random.Next(1, 5));
        return RandomProblem.Batch(spec, random, steps, batchSize, tokens: random.Next(4) == 0, lengths: random.Next(4) == 0, state: random.Next(4) != 0);
    }

    // Families are drawn with equal chances, then the parameters; null where the mistakes do not go together.
    private static Fault[]? DrawFaults(Random random, RnnWeights<double> weights, SequenceBatch<double> batch, int mistakes)
    {
        var families = FaultCatalogue.For(Context(random, weights, batch)).GroupBy(fault => fault.Id).Select(family => family.ToArray()).ToArray();
        var faults = Enumerable.Range(0, mistakes).Select(_ => families[random.Next(families.Length)]).Select(family => family[random.Next(family.Length)]).ToArray();
        return faults.Length < 2 || faults[0].GoesWith(faults[1]) ? faults : null;
    }

    private static FaultContext Context(Random random, RnnWeights<double> weights, SequenceBatch<double> batch)
    {
        var right = new ReplayedPass<double>(weights, batch, Arithmetic<double>.Plain);
        var largest = weights.Tensors.Max(tensor => right.Tensor(TensorNames.Gradient(tensor.Name), Variant.Right).Data.Max(Math.Abs));
        return new()
        {
            Spec = weights.Spec,
            Batch = batch,
            HiddenEntries = [random.Next(weights.Spec.GateRows)],
            OutputEntries = [random.Next(weights.Spec.OutputSize)],
            ElementLimit = largest * (0.05 + (0.85 * random.NextDouble())),
            NormLimit = right.WeightGradientNorm(Variant.Right) * (0.05 + (0.85 * random.NextDouble())),
        };
    }

    private static TensorSet Compute<T>(ReplayedPass<T> program, IEnumerable<Fault> faults)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return program.All(FaultSets.Compose(Variant.Right, faults));
    }

    // Every program gives the gradients of its weights; some give more.
    private static TensorSet Given(Random random, TensorSet computed)
    {
        var (forward, states, steps) = (random.Next(2) == 0, random.Next(2) == 0, random.Next(4) == 0);
        var given = new TensorSet(computed.Spec);
        foreach (var (name, values) in computed.Tensors)
        {
            var isGiven = name switch
            {
                "loss" or "y" or "p" or "h" => forward,
                "dx" or "dh0" or "dc0" => states,
                "dh" => steps,
                "hT" or "cT" => false,
                _ => true,
            };
            if (isGiven)
            {
                given.Add(name, values);
            }
        }

        return given;
    }
}
