using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Products;

namespace RnnCompare.Bptt;

/// <summary>What enters a layer at every step: real vectors, or tokens, which are row look-ups and never multiplications with zeros.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal readonly ref struct LayerInputs<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly MatrixView<T> _values; // (T·B, I)
    private readonly ReadOnlySpan<long> _tokens; // (T·B)

    public LayerInputs(MatrixView<T> values) => _values = values;

    public LayerInputs(SequenceInputs<T> inputs)
    {
        if (inputs.Tokens is { } tokens)
        {
            _tokens = tokens.Data;
        }
        else
        {
            _values = inputs.Values!.View();
        }
    }

    /// <summary>z = x·Wxhᵀ + bh for every step.</summary>
    /// <param name="weights">The layer's weights.</param>
    /// <param name="z">(T·B, G·H), overwritten.</param>
    /// <param name="workers">Who shares the product.</param>
    public void Project(LayerWeights<T> weights, MatrixView<T> z, Workers workers)
    {
        if (!_tokens.IsEmpty)
        {
            TokenRows.Gather(weights.Wxh.View().Transposed, _tokens, weights.bh.Span, z);
            return;
        }

        MatrixProduct.Product(_values, weights.Wxh.View().Transposed, weights.bh.Span, z, workers);
    }

    /// <summary>dWxh = dzᵀ·x over every step.</summary>
    public void WeightGradient(MatrixView<T> dz, NdArray<T> dWxh, Workers workers)
    {
        if (!_tokens.IsEmpty)
        {
            dWxh.Span.Clear();
            TokenRows.ScatterAdd(dz, _tokens, dWxh.View().Transposed);
            return;
        }

        MatrixProduct.Product(dz.Transposed, _values, dWxh.View(), workers);
    }
}
