using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Testing.HandWriting;

/// <summary>What a hand-written model computed, as an operation of a graph needs it.</summary>
internal static class HandWrittenResults
{
    /// <summary>An array that must be there.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public static NdArray<T> Named<T>(IReadOnlyDictionary<string, NdArray<T>> results, string name, string source)
        where T : unmanaged
    {
        return results.GetValueOrDefault(name) ?? throw new InvalidOperationException($"{source} returned no {name}, which this graph needs; it returned {(results.Count == 0 ? "nothing" : string.Join(", ", results.Keys))}.");
    }

    /// <summary>The loss (): what the model says or, where it keeps that to itself, what follows from its outputs.</summary>
    public static NdArray<T> Loss<T>(RnnSpec spec, SequenceBatch<T> batch, IReadOnlyDictionary<string, NdArray<T>> forward)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (forward.TryGetValue("loss", out var loss))
        {
            return loss.Reshape();
        }

        var (y, weights, total) = (Named(forward, "y", "The hand-written forward pass"), batch.LossWeightsFor(spec), 0.0);
        for (var row = 0; row < weights.Length; row++)
        {
            total += double.CreateChecked(weights.Data[row] * (batch.Targets!.Classes is { } classes
                ? CrossEntropy<T>(y.Data.AsSpan(row * spec.OutputSize, spec.OutputSize), (int)classes.Data[row])
                : SquaredError<T>(y.Data.AsSpan(row * spec.OutputSize, spec.OutputSize), batch.Targets.Values!.Data.AsSpan(row * spec.OutputSize, spec.OutputSize))));
        }

        return new([T.CreateChecked(total)]);
    }

    /// <summary>The targets at which a squared error has a given gradient with respect to y: y − dy / weight.</summary>
    public static NdArray<T> Targets<T>(RnnSpec spec, SequenceBatch<T> batch, NdArray<T> y, NdArray<T> dy)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (targets, weights) = (y.Clone(), batch.LossWeightsFor(spec));
        for (var i = 0; i < targets.Length; i++)
        {
            var weight = weights.Data[i / spec.OutputSize];
            targets.Data[i] -= weight == T.Zero ? T.Zero : dy.Data[i] / weight;
        }

        return targets;
    }

    /// <summary>Gradients times what arrived from above.</summary>
    public static IReadOnlyDictionary<string, NdArray<T>> Scaled<T>(IReadOnlyDictionary<string, NdArray<T>> gradients, T factor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return factor == T.One ? gradients : gradients.ToDictionary(entry => entry.Key, entry => new NdArray<T>([.. entry.Value.Data.Select(value => factor * value)], [.. entry.Value.Shape]));
    }

    private static T CrossEntropy<T>(ReadOnlySpan<T> logits, int target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (largest, sum) = (logits[0], T.Zero);
        foreach (var logit in logits)
        {
            largest = T.Max(largest, logit);
        }

        foreach (var logit in logits)
        {
            sum += T.Exp(logit - largest);
        }

        return largest + T.Log(sum) - logits[target];
    }

    private static T SquaredError<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sum = T.Zero;
        for (var i = 0; i < y.Length; i++)
        {
            sum += (y[i] - targets[i]) * (y[i] - targets[i]);
        }

        return sum / (T.One + T.One);
    }
}
