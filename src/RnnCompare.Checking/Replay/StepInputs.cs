using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>What enters a layer at every step: vectors, or tokens that stand for one-hot vectors.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class StepInputs<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly NdArray<T>? _values; // (T, B, I)
    private readonly long[] _tokens = []; // (T·B)

    public StepInputs(NdArray<T> values) => _values = values;

    public StepInputs(SequenceInputs<T> inputs)
    {
        _values = inputs.Values;
        _tokens = inputs.Tokens?.Data ?? [];
    }

    /// <summary>z += x·Wxhᵀ.</summary>
    public void AddProjection(NdArray<T> Wxh, NdArray<T> z, Arithmetic<T> arithmetic)
    {
        if (_values is not null)
        {
            arithmetic.AddProduct(_values.View(), Wxh.View().Transposed, z.View());
            return;
        }

        for (var row = 0; row < _tokens.Length; row++)
        {
            for (var j = 0; j < z.Columns; j++)
            {
                z[row, j] += Wxh[j, (int)_tokens[row]];
            }
        }
    }

    /// <summary>dWxh += dzᵀ·x.</summary>
    public void AddGradient(NdArray<T> dz, NdArray<T> dWxh, Arithmetic<T> arithmetic)
    {
        if (_values is not null)
        {
            arithmetic.AddProduct(dz.View().Transposed, _values.View(), dWxh.View());
            return;
        }

        for (var row = 0; row < _tokens.Length; row++)
        {
            for (var j = 0; j < dz.Columns; j++)
            {
                dWxh[j, (int)_tokens[row]] += dz[row, j];
            }
        }
    }
}
