using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCompare.Numerics;

/// <summary>The product of a single row with all panels, up to three of them at once.</summary>
internal static unsafe class RowProduct<TLane, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static int PanelWidth => Panels.Lanes * TLane.Count;

    /// <summary>destination = a · b, or start + a · b.</summary>
    /// <param name="a">The row (<paramref name="terms"/>).</param>
    /// <param name="aColumn">The distance between its elements.</param>
    /// <param name="terms">The number of terms k.</param>
    /// <param name="b">The packed right operand.</param>
    /// <param name="k">The row of it that the terms begin with.</param>
    /// <param name="length">The number of its rows.</param>
    /// <param name="columns">The number of its columns.</param>
    /// <param name="start">What the sums start from (<paramref name="columns"/>); null for zeros.</param>
    /// <param name="destination">The result (<paramref name="columns"/>).</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(T* a, nint aColumn, int terms, T* b, nint k, nint length, int columns, T* start, T* destination)
    {
        var buffer = stackalloc T[PanelWidth];
        for (var column = 0; column < columns; column += 3 * PanelWidth)
        {
            var width = Math.Min(3 * PanelWidth, columns - column);
            var lanes = (width + TLane.Count - 1) / TLane.Count;
            var panels = b + (column * length);
            var from = start == null ? null : start + column;
            var to = destination + column;

            // A last panel that is wider than what is left of the destination goes through a small buffer.
            var last = (lanes - 1) / Panels.Lanes * PanelWidth;
            if (width == lanes * TLane.Count)
            {
                Run(lanes, a, aColumn, terms, panels, k, length, from, from + last, to, to + last);
                continue;
            }

            if (start != null)
            {
                new ReadOnlySpan<T>(from + last, width - last).CopyTo(new(buffer, PanelWidth));
            }

            Run(lanes, a, aColumn, terms, panels, k, length, from, buffer, to, buffer);
            new ReadOnlySpan<T>(buffer, width - last).CopyTo(new(to + last, width - last));
        }
    }

    private static void Run(int lanes, T* a, nint aColumn, int terms, T* b, nint k, nint length, T* start, T* lastStart, T* destination, T* lastDestination)
    {
        switch ((lanes - 1) / Panels.Lanes)
        {
            case 0:
                Run<TileRow0<TLane, T>, TileRow0<TLane, T>>(lanes, a, aColumn, terms, b, k, length, start, lastStart, destination, lastDestination);
                break;
            case 1:
                Run<TileRow3<TLane, T>, TileRow0<TLane, T>>(lanes, a, aColumn, terms, b, k, length, start, lastStart, destination, lastDestination);
                break;
            default:
                Run<TileRow3<TLane, T>, TileRow3<TLane, T>>(lanes, a, aColumn, terms, b, k, length, start, lastStart, destination, lastDestination);
                break;
        }
    }

    private static void Run<TFirst, TSecond>(
        int lanes, T* a, nint aColumn, int terms, T* b, nint k, nint length, T* start, T* lastStart, T* destination, T* lastDestination)
        where TFirst : struct, ITileRow<TFirst, TLane, T>
        where TSecond : struct, ITileRow<TSecond, TLane, T>
    {
        var first = b + (k * TFirst.Width);
        var second = b + (TFirst.Width * length) + (k * TSecond.Width);
        var last = b + ((TFirst.Width + TSecond.Width) * length);
        switch (((lanes - 1) % Panels.Lanes) + 1)
        {
            case 1:
                RowKernel.Run<TFirst, TSecond, TileRow1<TLane, T>, TLane, T>(
                    a, aColumn, first, second, last + (k * TLane.Count), terms, start, lastStart, destination, lastDestination);
                break;
            case 2:
                RowKernel.Run<TFirst, TSecond, TileRow2<TLane, T>, TLane, T>(
                    a, aColumn, first, second, last + (k * 2 * TLane.Count), terms, start, lastStart, destination, lastDestination);
                break;
            default:
                RowKernel.Run<TFirst, TSecond, TileRow3<TLane, T>, TLane, T>(
                    a, aColumn, first, second, last + (k * PanelWidth), terms, start, lastStart, destination, lastDestination);
                break;
        }
    }
}
