using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnCompare.Numerics.Products;

/// <summary>The layout of a packed right operand.</summary>
/// <remarks>
/// The columns are cut into panels of three lanes; the last panel has as many lanes as it needs, filled up with zeros, and
/// four lanes are left as two and two: a panel of one lane has too few sums under way to hide the time of its loads. A panel holds its part of row 0, then of row 1 and so on: the order in which <see cref="TileKernel"/> reads it. The
/// panel that begins at column j thus begins at element j · rows.
/// </remarks>
internal static unsafe class Panels
{
    /// <summary>The number of lanes in a full panel.</summary>
    public const int MostLanes = 3;

    /// <summary>The number of elements of a packed matrix.</summary>
    public static int Length(int rows, int columns, int laneWidth) => checked(rows * Count(columns, laneWidth) * laneWidth);

    /// <summary>The number of columns of a panel with its zeros, where <paramref name="columns"/> remain.</summary>
    public static int Width(int columns, int laneWidth)
    {
        var lanes = Count(columns, laneWidth);
        return laneWidth * (lanes == MostLanes + 1 ? lanes / 2 : Math.Min(lanes, MostLanes));
    }

    /// <summary>The places at which a packed matrix can be cut between panels, the beginning included: i panels of full width before each.</summary>
    public static int Cuts(int columns, int laneWidth) => Math.Max(1, (Count(columns, laneWidth) + 1) / MostLanes);

    /// <summary>Packs a matrix.</summary>
    /// <param name="source">Element (0, 0) and strides; the columns or the rows lie side by side.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="laneWidth">The number of elements in a lane.</param>
    /// <param name="destination">Memory for <see cref="Length"/> elements.</param>
    public static void Pack<T>(Strided<T> source, int rows, int columns, int laneWidth, T* destination)
        where T : unmanaged
    {
        if (source.Column == 1)
        {
            CopyRows(source, rows, columns, laneWidth, destination);
        }
        else
        {
            CopyColumns(source, rows, columns, laneWidth, destination);
        }
    }

    // Each row through all panels, so that the source is read as it lies in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows<T>(Strided<T> source, int rows, int columns, int laneWidth, T* destination)
        where T : unmanaged
    {
        for (nint k = 0; k < rows; k++)
        {
            var from = source.From(k, 0).Origin;
            var width = 0;
            for (var first = 0; first < columns; first += width)
            {
                width = Width(columns - first, laneWidth);
                var filled = Math.Min(width, columns - first);
                var to = destination + ((nint)first * rows) + (k * width);
                ShortCopy.Run(from, to, filled);
                for (var column = filled; column < width; column++)
                {
                    to[column] = default;
                }

                from += filled;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyColumns<T>(Strided<T> source, int rows, int columns, int laneWidth, T* destination)
        where T : unmanaged
    {
        var width = 0;
        for (var first = 0; first < columns; first += width)
        {
            width = Width(columns - first, laneWidth);
            var filled = Math.Min(width, columns - first);
            var panel = destination + ((nint)first * rows);
            CopyColumns(source.From(0, first), rows, filled, panel, width);
            for (nint k = 0; filled < width && k < rows; k++)
            {
                new Span<T>(panel + (k * width) + filled, width - filled).Clear();
            }
        }
    }

    // Four columns together, so that their elements are written side by side.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyColumns<T>(Strided<T> source, int rows, int columns, T* panel, int width)
        where T : unmanaged
    {
        var column = 0;
        for (; column <= columns - 4; column += 4)
        {
            var from = source.From(0, column);
            var to = panel + column;
            T* from0 = from.Origin, from1 = from0 + from.Column, from2 = from1 + from.Column, from3 = from2 + from.Column;
            for (nint k = 0; k < rows; k++)
            {
                var at = k * from.Row;
                Store(to, from0[at], from1[at], from2[at], from3[at]);
                to += width;
            }
        }

        for (; column < columns; column++)
        {
            var from = source.From(0, column);
            for (nint k = 0; k < rows; k++)
            {
                panel[(k * width) + column] = from.Origin[k * from.Row];
            }
        }
    }

    // In vectors that are put together in registers: the stores are what a copy waits for.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(T* to, T first, T second, T third, T fourth)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Vector128.Create((float)(object)first, (float)(object)second, (float)(object)third, (float)(object)fourth).Store((float*)to);
        }
        else
        {
            Vector128.Create((double)(object)first, (double)(object)second).Store((double*)to);
            Vector128.Create((double)(object)third, (double)(object)fourth).Store((double*)to + 2);
        }
    }

    // A lane has a power of two of elements; a division for every panel of every row would be felt.
    private static int Count(int columns, int laneWidth) => (columns + laneWidth - 1) >> BitOperations.Log2((uint)laneWidth);
}
