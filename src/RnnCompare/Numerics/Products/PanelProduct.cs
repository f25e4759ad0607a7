using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace RnnCompare.Numerics;

/// <summary>The product of some rows with one panel, cut into tiles.</summary>
internal static unsafe class PanelProduct<TLane, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Eight rows of three lanes need 28 vector registers; where there are only 16, four rows of three take them all.
    private static bool HasTallTiles => Vector512.IsHardwareAccelerated || AdvSimd.IsSupported;

    /// <summary>destination = a · panel, or += where <paramref name="add"/>.</summary>
    /// <param name="a">(<paramref name="rows"/>, <paramref name="length"/>).</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="panel">(<paramref name="length"/>, columns), packed.</param>
    /// <param name="length">The number of terms k.</param>
    /// <param name="destination">(<paramref name="rows"/>, <paramref name="columns"/>).</param>
    /// <param name="columns">The number of columns of the panel without its zeros.</param>
    /// <param name="add">Whether the sums start from the destination instead of from zero.</param>
    public static void Run(Strips<T> a, int rows, T* panel, nint length, Strided<T> destination, int columns, bool add)
    {
        switch (Panels.Width(columns, TLane.Count) / TLane.Count)
        {
            case 1:
                Run<TileRow1<TLane, T>>(a, rows, panel, length, destination, columns, add);
                break;
            case 2:
                Run<TileRow2<TLane, T>>(a, rows, panel, length, destination, columns, add);
                break;
            default:
                Run<TileRow3<TLane, T>>(a, rows, panel, length, destination, columns, add);
                break;
        }
    }

    private static void Run<TRow>(Strips<T> a, int rows, T* panel, nint length, Strided<T> destination, int columns, bool add)
        where TRow : struct, ITileRow<TRow, TLane, T>
    {
        if (columns == TRow.Width && destination.Column == 1)
        {
            Tiles<TRow>(a, rows, panel, length, destination.Origin, destination.Row, add);
        }
        else
        {
            EdgeTiles<TRow>(a, rows, panel, length, destination, columns, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles<TRow>(Strips<T> a, int rows, T* panel, nint length, T* destination, nint stride, bool add)
        where TRow : struct, ITileRow<TRow, TLane, T>
    {
        var row = 0;
        if (HasTallTiles)
        {
            for (; row <= rows - 8; row += 8)
            {
                Tile<TilePair<Tile4<TRow, TLane, T>, TRow, T>>(row);
            }
        }

        for (; row <= rows - 4; row += 4)
        {
            Tile<Tile4<TRow, TLane, T>>(row);
        }

        if (row <= rows - 2)
        {
            Tile<Tile2<TRow, TLane, T>>(row);
            row += 2;
        }

        if (row < rows)
        {
            Tile<Tile1<TRow, TLane, T>>(row);
        }

        void Tile<TTile>(int first)
            where TTile : struct, ITile<TTile, TRow, T> =>
            TileKernel.Run<TTile, TRow, TLane, T>(a.At(first), a.Row, a.Column, panel, length, destination + (first * stride), stride, add);
    }

    // Tiles that are wider than what is left of the destination, or whose columns do not lie side by side there, go through a small buffer.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EdgeTiles<TRow>(Strips<T> a, int rows, T* panel, nint length, Strided<T> destination, int columns, bool add)
        where TRow : struct, ITileRow<TRow, TLane, T>
    {
        var tile = stackalloc T[Strips<T>.Height * TRow.Width];
        var buffer = new Strided<T>(tile, TRow.Width, 1);
        for (var row = 0; row < rows; row += Strips<T>.Height)
        {
            var height = Math.Min(Strips<T>.Height, rows - row);
            var part = destination.From(row, 0);
            if (add)
            {
                Copy(part, buffer, height, columns);
            }

            Tiles<TRow>(a.From(row), height, panel, length, tile, TRow.Width, add);
            Copy(buffer, part, height, columns);
        }
    }

    private static void Copy(Strided<T> source, Strided<T> destination, int rows, int columns)
    {
        for (var row = 0; row < rows; row++)
        {
            var from = source.From(row, 0).Origin;
            var to = destination.From(row, 0).Origin;
            for (var column = 0; column < columns; column++)
            {
                *to = *from;
                from += source.Column;
                to += destination.Column;
            }
        }
    }
}
