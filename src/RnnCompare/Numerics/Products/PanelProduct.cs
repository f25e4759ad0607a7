using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics.Products;

/// <summary>The product of an even number of rows with one panel, cut into tiles.</summary>
internal static unsafe class PanelProduct<TLane, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Eight rows of three lanes need 28 vector registers; where there are only 16, four rows of three take them all.
    private static bool HasTallTiles => Vector512.IsHardwareAccelerated || AdvSimd.IsSupported;

    /// <summary>destination = a · panel, or start + a · panel.</summary>
    /// <param name="a">(<paramref name="rows"/>, <paramref name="length"/>).</param>
    /// <param name="rows">The number of rows, even.</param>
    /// <param name="panel">(<paramref name="length"/>, columns), packed.</param>
    /// <param name="length">The number of terms k.</param>
    /// <param name="start">(<paramref name="rows"/>, <paramref name="columns"/>), what the sums start from, columns side by side.</param>
    /// <param name="destination">(<paramref name="rows"/>, <paramref name="columns"/>), columns side by side.</param>
    /// <param name="columns">The number of columns of the panel without its zeros.</param>
    public static void Run(Strips<T> a, int rows, T* panel, nint length, Strided<T> start, Strided<T> destination, int columns)
    {
        switch (Panels.Width(columns, TLane.Count) / TLane.Count)
        {
            case 1:
                Run<TileRow1<TLane, T>>(a, rows, panel, length, start, destination, columns);
                break;
            case 2:
                Run<TileRow2<TLane, T>>(a, rows, panel, length, start, destination, columns);
                break;
            default:
                Run<TileRow3<TLane, T>>(a, rows, panel, length, start, destination, columns);
                break;
        }
    }

    private static void Run<TRow>(Strips<T> a, int rows, T* panel, nint length, Strided<T> start, Strided<T> destination, int columns)
        where TRow : struct, ITileRow<TRow, TLane, T>
    {
        if (columns == TRow.Width)
        {
            Tiles<TRow>(a, rows, panel, length, start, destination);
        }
        else
        {
            EdgeTiles<TRow>(a, rows, panel, length, start, destination, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles<TRow>(Strips<T> a, int rows, T* panel, nint length, Strided<T> start, Strided<T> destination)
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

        if (row < rows)
        {
            Tile<Tile2<TRow, TLane, T>>(row);
        }

        void Tile<TTile>(int first)
            where TTile : struct, ITile<TTile, TRow, T> =>
            TileKernel.Run<TTile, TRow, TLane, T>(
                a.At(first), a.Row, a.Column, panel, length, start.From(first, 0).Origin, start.Row, destination.From(first, 0).Origin, destination.Row);
    }

    // Tiles that are wider than what is left of the destination go through a small buffer.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EdgeTiles<TRow>(Strips<T> a, int rows, T* panel, nint length, Strided<T> start, Strided<T> destination, int columns)
        where TRow : struct, ITileRow<TRow, TLane, T>
    {
        var tile = stackalloc T[Strips<T>.Height * TRow.Width];
        var buffer = new Strided<T>(tile, TRow.Width, 1);
        for (var row = 0; row < rows; row += Strips<T>.Height)
        {
            var height = Math.Min(Strips<T>.Height, rows - row);
            if (!start.IsZero)
            {
                start.From(row, 0).CopyTo(buffer, height, columns);
            }

            Tiles<TRow>(a.From(row), height, panel, length, start.IsZero ? default : buffer, buffer);
            buffer.CopyTo(destination.From(row, 0), height, columns);
        }
    }
}
