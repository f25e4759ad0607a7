using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Data.Layouts;

/// <summary>The bias of the recurrent product (G·H) in libraries that have one beside the bias of the input product.</summary>
/// <remarks>
/// Only their sum has a meaning, so that networks here have one bias <c>bh</c>: the second is zero. Where the candidate's part stands
/// inside the reset product (<see cref="Cells.RecurrentCell.HasCandidateBias"/>) it is a tensor of its own, <c>bhn</c>, the last gate's rows.
/// </remarks>
public static class SecondBias
{
    /// <summary>The name beside the canonical ones; layers and directions are suffixes as for those.</summary>
    public const string Name = "bias_hh";

    /// <summary>The second bias of a layer's weights: zero but for the candidate.</summary>
    public static NdArray<T> OfWeights<T>(LayerWeights<T> weights)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(weights);
        return WithCandidate(new(weights.bh.Length), weights);
    }

    /// <summary>The gradient of the second bias: that of the first but for the candidate.</summary>
    /// <param name="gradients">The gradients of a layer.</param>
    public static NdArray<T> OfGradients<T>(LayerWeights<T> gradients)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(gradients);
        return WithCandidate(gradients.bh.Clone(), gradients);
    }

    /// <summary>Adds a second bias to the weights of a layer, the candidate's part to <c>bhn</c> where there is one.</summary>
    internal static void AddTo<T>(LayerWeights<T> weights, NdArray<T> second)
        where T : unmanaged, INumber<T>
    {
        var folded = second.Length - (weights.bhn?.Length ?? 0);
        for (var i = 0; i < folded; i++)
        {
            weights.bh.Data[i] += second.Data[i];
        }

        second.Span[folded..].CopyTo(weights.bhn is null ? [] : weights.bhn.Span);
    }

    private static NdArray<T> WithCandidate<T>(NdArray<T> second, LayerWeights<T> layer)
        where T : unmanaged
    {
        layer.bhn?.Span.CopyTo(second.Span[^layer.bhn.Length..]);
        return second;
    }
}
