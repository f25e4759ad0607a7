using RnnCompare.Numerics;

namespace RnnCompare.Models;

/// <summary>The weights of one layer in one direction.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class LayerWeights<T>
    where T : unmanaged
{
    private readonly NamedTensor<T>[] _tensors;

    /// <summary>Creates zeros in the shapes of a layer of a network.</summary>
    public LayerWeights(RnnSpec spec, int layer)
    {
        ArgumentNullException.ThrowIfNull(spec);
        _tensors = [.. spec.Cell.Tensors(spec.LayerInputSize(layer), spec.HiddenSize).Select(tensor => new NamedTensor<T>(tensor.Name, new([.. tensor.Shape])))];
        bhn = Find(TensorNames.Bhn);
    }

    /// <summary>Every tensor of the cell, under its name without layer and direction.</summary>
    public IReadOnlyList<NamedTensor<T>> Tensors => _tensors;

    /// <summary>Input weights (G·H, I), or (G·H, D·H) above the lowest layer.</summary>
    /// <exception cref="KeyNotFoundException">The cell has no tensor of this name; so with the next two.</exception>
    public NdArray<T> Wxh => this[TensorNames.Wxh];

    /// <summary>Recurrent weights (G·H, H).</summary>
    public NdArray<T> Whh => this[TensorNames.Whh];

    /// <summary>Bias (G·H).</summary>
    public NdArray<T> bh => this[TensorNames.Bh];

    /// <summary>The bias inside the GRU candidate's reset product (H), for cells that have one.</summary>
    public NdArray<T>? bhn { get; }

    /// <summary>The tensor of a name without layer and direction.</summary>
    /// <exception cref="KeyNotFoundException">The cell has no such tensor.</exception>
    public NdArray<T> this[string name] => Find(name) ?? throw new KeyNotFoundException($"'{name}' is not a tensor of this cell; it has {string.Join(", ", Tensors.Select(tensor => tensor.Name))}.");

    private NdArray<T>? Find(string name)
    {
        foreach (var tensor in _tensors)
        {
            if (tensor.Name == name)
            {
                return tensor.Values;
            }
        }

        return null;
    }
}
