using System.Numerics;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Products;

namespace RnnCompare.Checking.Replay;

/// <summary>Sums and roundings of a replay: either as they come, or in another order with every result one unit in the last place off.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <remarks>Repeating a computation in other orders shows what its precision costs: another library adds in its own order, and its tanh ends on another last bit.</remarks>
internal sealed class Arithmetic<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Random? _random;

    private Arithmetic(Random? random) => _random = random;

    /// <summary>Sums in ascending order, results as rounded.</summary>
    public static Arithmetic<T> Plain { get; } = new(null);

    /// <summary>Sums in a random order, results off by one unit in the last place, up or down at random.</summary>
    public static Arithmetic<T> Wobbling(int seed) => new(new Random(seed));

    /// <summary>Whether results are off by one unit in the last place.</summary>
    public bool Wobbles => _random is not null;

    /// <summary>destination += a · b.</summary>
    public void AddProduct(MatrixView<T> a, MatrixView<T> b, MatrixView<T> destination)
    {
        if (_random is null)
        {
            MatrixProduct.AddProduct(a, b, destination);
            return;
        }

        var order = Order(a.Columns);
        var (left, right) = (new NdArray<T>(a.Rows, a.Columns), new NdArray<T>(b.Rows, b.Columns));
        for (var k = 0; k < order.Length; k++)
        {
            for (var i = 0; i < a.Rows; i++)
            {
                left[i, k] = a[i, order[k]];
            }

            for (var j = 0; j < b.Columns; j++)
            {
                right[k, j] = b[order[k], j];
            }
        }

        MatrixProduct.AddProduct(left.View(), right.View(), destination);
    }

    /// <summary>destination[j] += Σᵢ matrix[i, j].</summary>
    public void AddColumnSums(MatrixView<T> matrix, Span<T> destination)
    {
        if (_random is null)
        {
            MatrixRows.AddColumnSums(matrix, destination);
            return;
        }

        foreach (var i in Order(matrix.Rows))
        {
            MatrixRows.AddColumnSums(matrix.RowRange(i, 1), destination);
        }
    }

    /// <summary>Moves every value by one unit in the last place where this arithmetic wobbles; zeros stay.</summary>
    public void Wobble(Span<T> values)
    {
        if (_random is null)
        {
            return;
        }

        foreach (ref var value in values)
        {
            if (!T.IsZero(value))
            {
                value = _random.Next(2) == 0 ? T.BitIncrement(value) : T.BitDecrement(value);
            }
        }
    }

    private int[] Order(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }

        _random!.Shuffle(order);
        return order;
    }
}
