namespace RnnCompare.Numerics;

/// <summary>A dense array of any rank in row-major order: the one container of weights, gradients, states and batches.</summary>
/// <typeparam name="T">The element type: <see cref="float"/> and <see cref="double"/> for numbers, <see cref="long"/> for indices.</typeparam>
/// <remarks>
/// Every array is also a matrix of <see cref="Rows"/> × <see cref="Columns"/>: the last axis is the columns, all others
/// together are the rows. A sequence (T, B, H) is thus a matrix (T·B, H) without a copy, and a vector (H) is one row.
/// </remarks>
public sealed class NdArray<T>
    where T : unmanaged
{
    private readonly int[] _shape;

    /// <summary>Creates an array of zeros.</summary>
    /// <param name="shape">The length of each axis; none makes a scalar.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, or there are more than <see cref="Array.MaxLength"/> elements.</exception>
    public NdArray(params int[] shape)
        : this(new T[ElementCount(shape)], shape)
    {
    }

    /// <summary>Wraps <paramref name="data"/> without copying it.</summary>
    /// <param name="data">The elements in row-major order.</param>
    /// <param name="shape">The length of each axis.</param>
    /// <exception cref="ArgumentException">The lengths do not multiply to the number of elements.</exception>
    public NdArray(T[] data, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(shape);
        var count = ElementCount(shape);
        if (count != data.Length)
        {
            throw new ArgumentException($"data has {data.Length} elements, but the shape {Describe(shape)} has {count}.", nameof(data));
        }

        _shape = [.. shape];
        Data = data;
        Columns = shape.Length == 0 ? 1 : shape[^1];
        Rows = shape.Length == 0 ? 1 : ElementCount(shape.AsSpan(0, shape.Length - 1));
    }

    /// <summary>The elements in row-major order; writing to them writes to the array.</summary>
    public T[] Data { get; }

    /// <summary>The length of each axis.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The number of axes.</summary>
    public int Rank => _shape.Length;

    /// <summary>The number of elements.</summary>
    public int Length => Data.Length;

    /// <summary>The product of all axes but the last.</summary>
    public int Rows { get; }

    /// <summary>The length of the last axis.</summary>
    public int Columns { get; }

    /// <summary>The elements as a span.</summary>
    public Span<T> Span => Data;

    /// <summary>The element at a row and a column of the array seen as a matrix.</summary>
    public ref T this[int row, int column] => ref Row(row)[column];

    /// <summary>One row of the array seen as a matrix.</summary>
    public Span<T> Row(int row) => Data.AsSpan(row * Columns, Columns);

    /// <summary>The part of the array at one index of its first axis, for example one step of a sequence.</summary>
    public Span<T> Step(int index)
    {
        var size = Length / _shape[0];
        return Data.AsSpan(index * size, size);
    }

    /// <summary>A copy of the part between two indices of its first axis, for example some steps of a sequence.</summary>
    /// <param name="start">The first index.</param>
    /// <param name="end">The index after the last.</param>
    public NdArray<T> Cut(int start, int end)
    {
        var size = Length / _shape[0];
        return new(Data[(start * size)..(end * size)], [end - start, .. _shape[1..]]);
    }

    /// <summary>A copy of some successive entries along an axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    public NdArray<T> Part(int axis, int first, int count)
    {
        var part = new NdArray<T>([.. _shape[..axis], count, .. _shape[(axis + 1)..]]);
        foreach (var (whole, own, length) in Places(axis, first, count))
        {
            Data.AsSpan(whole, length).CopyTo(part.Data.AsSpan(own));
        }

        return part;
    }

    /// <summary>Writes some successive entries along an axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="part">The entries, in an array with the other axes of this.</param>
    public void SetPart(int axis, int first, NdArray<T> part)
    {
        ArgumentNullException.ThrowIfNull(part);
        foreach (var (whole, own, length) in Places(axis, first, part._shape[axis]))
        {
            part.Data.AsSpan(own, length).CopyTo(Data.AsSpan(whole));
        }
    }

    // Where the runs of a part begin here and in the part.
    private IEnumerable<(int Whole, int Part, int Length)> Places(int axis, int first, int count)
    {
        var inner = ElementCount(_shape.AsSpan(axis + 1));
        for (var outer = 0; outer < ElementCount(_shape.AsSpan(0, axis)); outer++)
        {
            yield return (((outer * _shape[axis]) + first) * inner, outer * count * inner, count * inner);
        }
    }

    /// <summary>A copy that shares nothing.</summary>
    public NdArray<T> Clone() => new([.. Data], _shape);

    /// <summary>The same elements under another shape of equal size.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public NdArray<T> Reshape(params int[] shape) => new(Data, shape);

    /// <summary>The matrix transpose of an array of rank 2.</summary>
    /// <exception cref="InvalidOperationException">The rank is not 2.</exception>
    public NdArray<T> Transpose()
    {
        if (Rank != 2)
        {
            throw new InvalidOperationException($"An array of shape {ShapeText} has rank {Rank}; only rank 2 can be transposed.");
        }

        var result = new NdArray<T>(Columns, Rows);
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                result[column, row] = this[row, column];
            }
        }

        return result;
    }

    /// <summary>The shape as it stands in messages, for example <c>(5, 3, 4)</c>.</summary>
    public string ShapeText => Describe(_shape);

    /// <summary>Whether the axes have exactly these lengths.</summary>
    public bool HasShape(params ReadOnlySpan<int> shape) => shape.SequenceEqual(_shape);

    /// <summary>The multi-axis index of a flat position, for messages such as <c>Whh[2,7]</c>.</summary>
    public int[] IndexOf(int position)
    {
        var index = new int[_shape.Length];
        for (var axis = _shape.Length - 1; axis >= 0; axis--)
        {
            (position, index[axis]) = int.DivRem(position, _shape[axis]);
        }

        return index;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{typeof(T).Name}{ShapeText}";

    private static string Describe(int[] shape) => $"({string.Join(", ", shape)})";

    private static int ElementCount(ReadOnlySpan<int> shape)
    {
        long count = 1;
        foreach (var length in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(shape));
            count *= length;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Array.MaxLength, nameof(shape));
        }

        return (int)count;
    }
}
