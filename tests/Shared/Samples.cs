using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Tests.Shared;

/// <summary>Random weights and batches that leave nothing zero, nothing square and nothing equal.</summary>
internal static class Samples
{
    public static RnnWeights<T> Weights<T>(RnnSpec spec, int seed, double sigma = 0.3)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var weights = new RnnWeights<T>(spec);
        foreach (var tensor in weights.Tensors)
        {
            Fill(tensor.Values, random, sigma);
        }

        return weights;
    }

    public static SequenceBatch<T> Batch<T>(RnnSpec spec, int steps, int batchSize, int seed, bool tokens = false, bool lengths = false, bool initialState = true, bool lossWeights = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        int[] outputShape = spec.Outputs == OutputMode.EveryStep ? [steps, batchSize] : [batchSize];
        return new()
        {
            Inputs = tokens ? new(Indices(random, spec.InputSize, steps, batchSize)) : new(Normal<T>(random, 1, steps, batchSize, spec.InputSize)),
            Targets = spec.Loss == LossKind.CrossEntropy
                ? new(Indices(random, spec.OutputSize, outputShape))
                : new(Normal<T>(random, 1, [.. outputShape, spec.OutputSize])),
            Lengths = lengths ? [.. Enumerable.Range(0, batchSize).Select(b => b == batchSize - 1 ? steps : random.Next(1, steps + 1))] : null,
            LossWeights = lossWeights ? Weights<T>(random, outputShape) : null,
            InitialState = initialState
                ? new()
                {
                    Hidden = Normal<T>(random, 0.5, spec.Layers * spec.Directions, batchSize, spec.HiddenStateSize),
                    Cell = spec.Cell.HasCellState ? Normal<T>(random, 0.5, spec.Layers * spec.Directions, batchSize, spec.Cell.CellStateSize(spec.HiddenSize)) : null,
                }
                : null,
        };
    }

    public static NdArray<T> Normal<T>(Random random, double sigma, params int[] shape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var array = new NdArray<T>(shape);
        Fill(array, random, sigma);
        return array;
    }

    // Some zero, none negative: signed weights would let bias gradients cancel to rounding.
    private static NdArray<T> Weights<T>(Random random, int[] shape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var array = new NdArray<T>(shape);
        foreach (ref var weight in array.Span)
        {
            weight = T.CreateChecked(Math.Max(0, random.NextDouble() - 0.2));
        }

        array.Data[^1] = T.One;
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

    private static void Fill<T>(NdArray<T> array, Random random, double sigma)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (ref var value in array.Span)
        {
            value = T.CreateChecked(sigma * random.NextNormal());
        }
    }
}
