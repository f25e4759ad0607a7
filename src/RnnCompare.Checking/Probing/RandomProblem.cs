using RnnCompare.Checking.Comparison;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Checking.Probing;

/// <summary>Random weights and batches.</summary>
public static class RandomProblem
{
    /// <summary>Normal weights and biases.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="random">Where they come from.</param>
    /// <param name="sigma">The standard deviation of each tensor.</param>
    public static RnnWeights<double> Weights(RnnSpec spec, Random random, Func<NdArray<double>, double> sigma)
    {
        var weights = new RnnWeights<double>(spec);
        foreach (var (_, values) in weights.Tensors)
        {
            Normal(random, sigma(values), [.. values.Shape]).Span.CopyTo(values.Span);
        }

        return weights;
    }

    /// <summary>The numbers that are left of both in float32.</summary>
    public static (RnnWeights<double> Weights, SequenceBatch<double> Batch) Rounded(RnnWeights<double> weights, SequenceBatch<double> batch)
    {
        return (weights.Convert<float>().Convert<double>(), batch.Convert<double, float>().Convert<float, double>());
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
        NdArray<double> Part(int size) => Normal(random, 0.5, spec.Layers * spec.Directions, batchSize, size);
        return new() { Hidden = Part(spec.HiddenStateSize), Cell = spec.Cell.HasCellState ? Part(spec.Cell.CellStateSize(spec.HiddenSize)) : null };
    }

    private static NdArray<double> Normal(Random random, double sigma, params int[] shape)
    {
        var values = random.NextNormals(shape);
        foreach (ref var value in values.Span)
        {
            value *= sigma;
        }

        return values;
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
}
