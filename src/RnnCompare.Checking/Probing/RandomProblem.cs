using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Probing;

/// <summary>Random weights and batches.</summary>
internal static class RandomProblem
{
    /// <summary>Normal weights and biases.</summary>
    public static RnnWeights<double> Weights(RnnSpec spec, Random random, double sigma)
    {
        var weights = new RnnWeights<double>(spec);
        foreach (var tensor in weights.Tensors)
        {
            Fill(tensor.Values, random, sigma);
        }

        return weights;
    }

    /// <summary>Normal inputs or uniform tokens, targets, and where wanted lengths and a state; what lies past an end is random too.</summary>
    public static SequenceBatch<double> Batch(RnnSpec spec, Random random, int steps, int batchSize, bool tokens, bool lengths, bool state)
    {
        int[] outputs = spec.Outputs == OutputMode.EveryStep ? [steps, batchSize] : [batchSize];
        return new()
        {
            Inputs = tokens ? new(Indices(random, spec.InputSize, steps, batchSize)) : new(Normal(random, 1, steps, batchSize, spec.InputSize)),
            Targets = spec.Loss == LossKind.CrossEntropy ? new(Indices(random, spec.OutputSize, outputs)) : new(Normal(random, 1, [.. outputs, spec.OutputSize])),
            Lengths = lengths ? [.. Enumerable.Range(0, batchSize).Select(b => b == 0 ? steps : random.Next(1, steps + 1))] : null,
            InitialState = state ? State(spec, random, batchSize) : null,
        };
    }

    private static RnnState<double> State(RnnSpec spec, Random random, int batchSize)
    {
        NdArray<double> Part() => Normal(random, 0.5, spec.Layers * spec.Directions, batchSize, spec.HiddenSize);
        return new() { Hidden = Part(), Cell = spec.Cell.HasCellState ? Part() : null };
    }

    private static NdArray<double> Normal(Random random, double sigma, params int[] shape)
    {
        var array = new NdArray<double>(shape);
        Fill(array, random, sigma);
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

    private static void Fill(NdArray<double> array, Random random, double sigma)
    {
        foreach (ref var value in array.Span)
        {
            value = sigma * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        }
    }
}
