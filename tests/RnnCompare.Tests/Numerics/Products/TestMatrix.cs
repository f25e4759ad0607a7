using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Tests.Numerics.Products;

/// <summary>Random matrices in every arrangement in memory that a view can have.</summary>
internal static class TestMatrix
{
    /// <summary>A matrix whose first element is not aligned, with a gap after every row (or column, where transposed) filled with NaN.</summary>
    public static MatrixView<T> Random<T>(Random random, int rows, int columns, bool transposed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (transposed)
        {
            return Random<T>(random, columns, rows, transposed: false).Transposed;
        }

        const int Offset = 3;
        const int Gap = 2;
        var data = new T[Offset + (rows * (columns + Gap))];
        Array.Fill(data, T.NaN);
        var view = new MatrixView<T>(data.AsSpan(Offset), rows, columns, columns + Gap);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                view[row, column] = T.CreateTruncating((2 * random.NextDouble()) - 1);
            }
        }

        return view;
    }

    /// <summary>The elements in row-major order.</summary>
    public static T[] Elements<T>(MatrixView<T> view)
        where T : unmanaged
    {
        var elements = new T[view.Rows * view.Columns];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = view[i / view.Columns, i % view.Columns];
        }

        return elements;
    }

    /// <summary>Writes elements in row-major order.</summary>
    public static void Fill<T>(MatrixView<T> view, T[] elements)
        where T : unmanaged
    {
        for (var i = 0; i < elements.Length; i++)
        {
            view[i / view.Columns, i % view.Columns] = elements[i];
        }
    }

    /// <summary>A dense copy.</summary>
    public static MatrixView<T> Copy<T>(MatrixView<T> view)
        where T : unmanaged => new(Elements(view), view.Rows, view.Columns);
}
