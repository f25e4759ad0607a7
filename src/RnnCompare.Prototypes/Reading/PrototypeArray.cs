using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>An array of a prototype in canonical form, which still knows what it is in the prototype's own.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class PrototypeArray<T>
    where T : unmanaged
{
    private readonly int[] _ownShape;
    private readonly ArrayMap _map;

    internal PrototypeArray(string tensor, string name, StoredArray own, ArrayMap map, NdArray<T> values)
    {
        Tensor = tensor;
        Name = name;
        ElementType = own.ElementType;
        Values = values;
        _ownShape = [.. own.Shape];
        _map = map;
    }

    /// <summary>The canonical name, for example <c>dWhh.1r</c>.</summary>
    public string Tensor { get; }

    /// <summary>The prototype's own name, for example <c>grad.rnn.weight_hh_l1_reverse</c>.</summary>
    public string Name { get; }

    /// <summary>The type of the elements in the prototype.</summary>
    public ElementType ElementType { get; }

    /// <summary>The elements in canonical axes and order.</summary>
    public NdArray<T> Values { get; }

    /// <summary>Where an element stands in the prototype's own array.</summary>
    /// <param name="index">The element's index in <see cref="Values"/>.</param>
    public IReadOnlyList<int> OwnIndex(IReadOnlyList<int> index)
    {
        ArgumentNullException.ThrowIfNull(index);
        var position = 0;
        for (var axis = 0; axis < index.Count; axis++)
        {
            position = (position * Values.Shape[axis]) + index[axis];
        }

        var (own, rest) = (new int[_ownShape.Length], _map[position]);
        for (var axis = own.Length - 1; axis >= 0; axis--)
        {
            (rest, own[axis]) = int.DivRem(rest, _ownShape[axis]);
        }

        return own;
    }

    /// <summary>The prototype's own name of an element, for example <c>dW2[7,2]</c>.</summary>
    /// <param name="position">The element's position in <see cref="Values"/>, in row-major order.</param>
    public string Locate(int position)
    {
        var index = OwnIndex(Values.IndexOf(position));
        return index.Count == 0 ? Name : $"{Name}[{string.Join(',', index)}]";
    }
}
