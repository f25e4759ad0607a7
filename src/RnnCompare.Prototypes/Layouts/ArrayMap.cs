using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Prototypes.Layouts;

/// <summary>Where each element of a canonical array stands in the array that a prototype has in its place.</summary>
/// <remarks>Reading, writing, and naming an element in the prototype's own coordinates all follow this one table.</remarks>
public sealed class ArrayMap
{
    private static ReadOnlySpan<char> GateRows => "GSC";

    private readonly int[] _canonicalShape;
    private readonly int[] _positions; // of the canonical elements, in the prototype's array

    private ArrayMap(int[] canonicalShape, int[] positions)
    {
        _canonicalShape = canonicalShape;
        _positions = positions;
    }

    /// <summary>The prototype's position of a canonical one, both in row-major order.</summary>
    public int this[int canonicalPosition] => _positions[canonicalPosition];

    /// <summary>The prototype's positions of all canonical elements.</summary>
    internal IReadOnlyList<int> Positions => _positions;

    /// <summary>Maps by the letters of <see cref="AxisSizes"/>: axes change places, gates change order, axes of length one come and go.</summary>
    /// <param name="canonicalAxes">The canonical axes, for example <c>GI</c>.</param>
    /// <param name="ownAxes">The prototype's, for example <c>IG</c>; a canonical axis that it lacks is repeated.</param>
    /// <param name="sizes">The lengths.</param>
    /// <param name="gates">For each canonical gate, its place among the prototype's; empty where the order is the same.</param>
    /// <param name="part">Which of a pair (axis P) is meant.</param>
    internal static ArrayMap Create(string canonicalAxes, string ownAxes, AxisSizes sizes, IReadOnlyList<int> gates, int part = 0)
    {
        var shape = sizes.Shape(canonicalAxes);
        var (offset, strides) = (0, new int[shape.Length]);
        for (var (axis, stride) = (ownAxes.Length - 1, 1); axis >= 0; stride *= sizes[ownAxes[axis--]])
        {
            if (ownAxes[axis] == 'P')
            {
                offset = part * stride;
            }
            else if (canonicalAxes.AsSpan().IndexOfAny(ownAxes[axis] == 'G' ? GateRows : [ownAxes[axis]]) is >= 0 and var canonicalAxis)
            {
                strides[canonicalAxis] = stride;
            }
        }

        var positions = new int[shape.Aggregate(1, (product, length) => product * length)];
        for (var i = 0; i < positions.Length; i++)
        {
            var (rest, position) = (i, offset);
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                (rest, var index) = int.DivRem(rest, shape[axis]);
                position += (GateRows.Contains(canonicalAxes[axis]) ? OwnRow(canonicalAxes[axis], index) : index) * strides[axis];
            }

            positions[i] = position;
        }

        return new(shape, positions);

        int OwnRow(char axis, int row)
        {
            var (gate, unit) = int.DivRem(axis == 'C' ? sizes['S'] + row : row, sizes['H']);
            return ((gates.Count > 0 ? gates[gate] : gate) * sizes['H']) + unit;
        }
    }

    /// <summary>The canonical array.</summary>
    /// <param name="own">The prototype's.</param>
    public NdArray<T> Read<T>(NdArray<T> own)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(own);
        var canonical = new NdArray<T>(_canonicalShape);
        for (var i = 0; i < _positions.Length; i++)
        {
            canonical.Data[i] = own.Data[_positions[i]];
        }

        return canonical;
    }

    /// <summary>Fills the prototype's array, or its part of it.</summary>
    /// <param name="canonical">The canonical array.</param>
    /// <param name="own">The prototype's, overwritten.</param>
    public void Write<T>(NdArray<T> canonical, NdArray<T> own)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(canonical);
        ArgumentNullException.ThrowIfNull(own);
        for (var i = 0; i < _positions.Length; i++)
        {
            own.Data[_positions[i]] = canonical.Data[i];
        }
    }
}
