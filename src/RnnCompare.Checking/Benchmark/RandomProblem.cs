using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Benchmark;

/// <summary>Random weights and batches.</summary>
internal static class RandomProblem
{
    /// <summary>Normal weights and biases.</summary>
    public static RnnWeights<double> Weights(RnnSpec spec, Random random, double sigma)
    {
        var weights = new RnnWeights<double>(spec);
        foreach (var tensor in weights.Tensors)
        {
            Normal(random, sigma).CopyInto(tensor.Values);
        }

        return weights;
    }

    /// <summary>A batch of up to 8 steps and 4 sequences, with or without tokens, lengths and a state.</summary>
    public static SequenceBatch<double> Batch(RnnSpec spec, Random random)
    {
        var (steps, batchSize) = (random.Next(1, 9), random.Next(1, 5));
        int[] outputs = spec.Outputs == OutputMode.EveryStep ? [steps, batchSize] : [batchSize];
        return new()
        {
            Inputs = random.Next(4) == 0 ? new(Indices(random, spec.InputSize, steps, batchSize)) : new(Values(random, 1, steps, batchSize, spec.InputSize)),
            Targets = spec.Loss == LossKind.CrossEntropy ? new(Indices(random, spec.OutputSize, outputs)) : new(Values(random, 1, [.. outputs, spec.OutputSize])),
            Lengths = random.Next(4) == 0 ? [.. Enumerable.Range(0, batchSize).Select(b => b == 0 ? steps : random.Next(1, steps + 1))] : null,
            InitialState = random.Next(4) != 0 ? State(spec, random, batchSize) : null,
        };
    }

    private static RnnState<double> State(RnnSpec spec, Random random, int batchSize)
    {
        NdArray<double> Part() => Values(random, 0.5, spec.Layers * spec.Directions, batchSize, spec.HiddenSize);
        return new() { Hidden = Part(), Cell = spec.Cell.HasCellState ? Part() : null };
    }

    private static NdArray<double> Values(Random random, double sigma, params int[] shape)
    {
        var array = new NdArray<double>(shape);
        Normal(random, sigma).CopyInto(array);
        return array;
    }

    private static NdArray<long> Indices(Random random, int size, params int[] shape)
    {
        var array = new NdArray<long>(shape);
        foreach (ref var index in array.Span)
        {
            index = random.Next(size);
        }

        return array;
    }

    private static IEnumerable<double> Normal(Random random, double sigma)
    {
        while (true)
        {
            yield return sigma * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        }
    }

    private static void CopyInto(this IEnumerable<double> values, NdArray<double> array)
    {
        using var source = values.GetEnumerator();
        foreach (ref var value in array.Span)
        {
            source.MoveNext();
            value = source.Current;
        }
    }
}
