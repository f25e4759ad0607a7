using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics.Products;

/// <summary>The product of a single row with all panels, up to three of them at once.</summary>
internal static unsafe class RowProduct<TLane, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Larger operands come from beyond the second-level cache: panel after panel they arrive faster than three at once.
    private const int BytesForGroups = 1 << 19;

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
        var inGroups = length * columns * sizeof(T) <= BytesForGroups;
        var buffer = stackalloc T[Panels.MostLanes * TLane.Count];
        for (var column = 0; column < columns;)
        {
            var first = Panels.Width(columns - column, TLane.Count);
            var second = inGroups ? Panels.Width(columns - column - first, TLane.Count) : 0;
            var last = inGroups ? Panels.Width(columns - column - first - second, TLane.Count) : 0;
            if (last == 0)
            {
                // Two panels, or one: the last is always there.
                (first, second, last) = second == 0 ? (0, 0, first) : (0, first, second);
            }

            var panels = b + (column * length);
            var from = start == null ? null : start + column;
            var to = destination + column;
            var head = first + second;
            var tail = Math.Min(last, columns - column - head);
            if (tail == last)
            {
                Run(first, second, last, new(a, aColumn, terms, panels, k, length, from, from + head, to, to + head));
            }
            else
            {
                // A last panel that is wider than what is left of the destination goes through a small buffer.
                if (start != null)
                {
                    ShortCopy.Run(from + head, buffer, tail);
                }

                Run(first, second, last, new(a, aColumn, terms, panels, k, length, from, buffer, to, buffer));
                ShortCopy.Run(buffer, to + head, tail);
            }

            column += head + last;
        }
    }

    // In lanes: 3 3 3 as long as there are many, then what Panels leaves for the end.
    private static void Run(int first, int second, int last, in Group group)
    {
        switch (first / TLane.Count, second / TLane.Count, last / TLane.Count)
        {
            case (0, 0, 1):
                Run<TileRow0<TLane, T>, TileRow0<TLane, T>, TileRow1<TLane, T>>(group);
                break;
            case (0, 0, 2):
                Run<TileRow0<TLane, T>, TileRow0<TLane, T>, TileRow2<TLane, T>>(group);
                break;
            case (0, 0, 3):
                Run<TileRow0<TLane, T>, TileRow0<TLane, T>, TileRow3<TLane, T>>(group);
                break;
            case (0, 2, 2):
                Run<TileRow0<TLane, T>, TileRow2<TLane, T>, TileRow2<TLane, T>>(group);
                break;
            case (0, 3, 2):
                Run<TileRow0<TLane, T>, TileRow3<TLane, T>, TileRow2<TLane, T>>(group);
                break;
            case (0, 3, 3):
                Run<TileRow0<TLane, T>, TileRow3<TLane, T>, TileRow3<TLane, T>>(group);
                break;
            case (3, 2, 2):
                Run<TileRow3<TLane, T>, TileRow2<TLane, T>, TileRow2<TLane, T>>(group);
                break;
            case (3, 3, 2):
                Run<TileRow3<TLane, T>, TileRow3<TLane, T>, TileRow2<TLane, T>>(group);
                break;
            case (3, 3, 3):
                Run<TileRow3<TLane, T>, TileRow3<TLane, T>, TileRow3<TLane, T>>(group);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void Run<TFirst, TSecond, TLast>(in Group group)
        where TFirst : struct, ITileRow<TFirst, TLane, T>
        where TSecond : struct, ITileRow<TSecond, TLane, T>
        where TLast : struct, ITileRow<TLast, TLane, T>
    {
        var first = group.Panels + (group.K * TFirst.Width);
        var second = group.Panels + (TFirst.Width * group.Length) + (group.K * TSecond.Width);
        var last = group.Panels + ((TFirst.Width + TSecond.Width) * group.Length) + (group.K * TLast.Width);
        RowKernel.Run<TFirst, TSecond, TLast, TLane, T>(
            group.A, group.AColumn, first, second, last, group.Terms, group.Start, group.LastStart, group.Destination, group.LastDestination);
    }

    // What a group of panels is multiplied with, and where its sums start from and go; the last panel has places of its own.
    private readonly struct Group(
        T* a, nint aColumn, int terms, T* panels, nint k, nint length, T* start, T* lastStart, T* destination, T* lastDestination)
    {
        public readonly T* A = a;
        public readonly nint AColumn = aColumn;
        public readonly int Terms = terms;
        public readonly T* Panels = panels;
        public readonly nint K = k;
        public readonly nint Length = length;
        public readonly T* Start = start;
        public readonly T* LastStart = lastStart;
        public readonly T* Destination = destination;
        public readonly T* LastDestination = lastDestination;
    }
}
