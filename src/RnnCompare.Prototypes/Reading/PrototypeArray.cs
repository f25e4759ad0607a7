using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>An array of a prototype in canonical form, which still knows what it is in the prototype's own.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class PrototypeArray<T>
    where T : unmanaged
{
    private readonly IReadOnlyList<(string Name, int[] Shape)> _owners;
    private readonly int[]? _owner; // of each element; null where there is only one
    private readonly IReadOnlyList<int> _positions; // of each element in its owner

    internal PrototypeArray(string tensor, string name, StoredArray own, ArrayMap map, NdArray<T> values)
        : this(tensor, name, own, map.Positions, values)
    {
    }

    internal PrototypeArray(string tensor, string name, StoredArray own, IReadOnlyList<int> positions, NdArray<T> values)
        : this(tensor, name, own.ElementType, values, [(name, [.. own.Shape])], owner: null, positions)
    {
    }

    /// <summary>An array whose elements stand in several of the prototype's.</summary>
    internal PrototypeArray(
        string tensor, string name, ElementType elementType, NdArray<T> values, IReadOnlyList<(string Name, int[] Shape)> owners, int[]? owner, IReadOnlyList<int> positions)
    {
        Tensor = tensor;
        Name = name;
        ElementType = elementType;
        Values = values;
        (_owners, _owner, _positions) = (owners, owner, positions);
    }

    /// <summary>The canonical name, for example <c>dWhh.1r</c>.</summary>
    public string Tensor { get; }

    /// <summary>The prototype's own name, for example <c>grad.rnn.weight_hh_l1_reverse</c>; several where several arrays hold the elements.</summary>
    public string Name { get; }

    /// <summary>What the prototype would call the gradient; null for <c>d</c> and the name.</summary>
    internal string? GradientName { get; init; }

    /// <summary>The type of the elements in the prototype.</summary>
    public ElementType ElementType { get; }

    /// <summary>The elements in canonical axes and order.</summary>
    public NdArray<T> Values { get; }

    /// <summary>The shapes of the prototype's own arrays that hold the elements.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Shapes => [.. _owners.Select(owner => owner.Shape)];

    /// <summary>Whether the rows (gates among them) stand in one array in the canonical order.</summary>
    public bool KeepsOrder
    {
        get
        {
            var columns = Values.Length / Values.Shape[0];
            return _owners.Count == 1 && Enumerable.Range(1, Values.Shape[0] - 1).All(row => _positions[row * columns] > _positions[(row - 1) * columns]);
        }
    }

    /// <summary>The same array under another name.</summary>
    internal PrototypeArray<T> Called(string name) => name == Name ? this : new(Tensor, name, ElementType, Values, [(name, _owners[0].Shape)], _owner, _positions) { GradientName = GradientName };

    /// <summary>Where an element stands in the prototype's own array.</summary>
    /// <param name="index">The element's index in <see cref="Values"/>.</param>
    public IReadOnlyList<int> OwnIndex(IReadOnlyList<int> index) => Find(Position(index)).Index;

    /// <summary>The prototype's own name of an element, for example <c>dW2[7,2]</c>.</summary>
    /// <param name="position">The element's position in <see cref="Values"/>, in row-major order.</param>
    public string Locate(int position)
    {
        var (name, index) = Find(position);
        return index.Length == 0 ? name : $"{name}[{string.Join(',', index)}]";
    }

    /// <inheritdoc cref="Locate(int)"/>
    /// <param name="index">The element's index in <see cref="Values"/>.</param>
    public string Locate(IReadOnlyList<int> index) => Locate(Position(index));

    private int Position(IReadOnlyList<int> index)
    {
        ArgumentNullException.ThrowIfNull(index);
        var position = 0;
        for (var axis = 0; axis < index.Count; axis++)
        {
            position = (position * Values.Shape[axis]) + index[axis];
        }

        return position;
    }

    private (string Name, int[] Index) Find(int position)
    {
        var (name, shape) = _owners[_owner?[position] ?? 0];
        var (own, rest) = (new int[shape.Length], _positions[position]);
        for (var axis = own.Length - 1; axis >= 0; axis--)
        {
            (rest, own[axis]) = int.DivRem(rest, shape[axis]);
        }

        return (_owners.Count == 1 ? Name : name, own);
    }
}
