namespace RnnCompare.Numerics;

/// <summary>The layout of a packed right operand.</summary>
/// <remarks>
/// The columns are cut into panels of three lanes; the last panel has as many lanes as it needs, filled up with zeros.
/// A panel holds its part of row 0, then of row 1 and so on: the order in which <see cref="TileKernel"/> reads it. The
/// panel that begins at column j thus begins at element j · rows.
/// </remarks>
internal static unsafe class Panels
{
    /// <summary>The number of lanes in a full panel.</summary>
    public const int Lanes = 3;

    // Rows that are transposed at a time: few enough that their part of a panel stays in the first-level cache.
    private const int TransposedRows = 16;

    /// <summary>The number of elements of a packed matrix.</summary>
    public static int Length(int rows, int columns, int laneWidth) => checked(rows * Padded(columns, laneWidth));

    /// <summary>The number of columns of a panel with its zeros, where <paramref name="columns"/> remain.</summary>
    public static int Width(int columns, int laneWidth) => Math.Min(Lanes * laneWidth, Padded(columns, laneWidth));

    /// <summary>Packs a matrix.</summary>
    /// <param name="source">Element (0, 0) and strides; the columns or the rows lie side by side.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="laneWidth">The number of elements in a lane.</param>
    /// <param name="destination">Memory for <see cref="Length"/> elements.</param>
    public static void Pack<T>(Strided<T> source, int rows, int columns, int laneWidth, T* destination)
        where T : unmanaged
    {
        for (var first = 0; first < columns; first += Lanes * laneWidth)
        {
            var width = Width(columns - first, laneWidth);
            var filled = Math.Min(width, columns - first);
            var panel = destination + ((nint)first * rows);
            if (source.Column == 1)
            {
                CopyRows(source.From(0, first), rows, filled, panel, width);
            }
            else
            {
                TransposeColumns(source.From(0, first), rows, filled, panel, width);
            }
        }
    }

    private static void CopyRows<T>(Strided<T> source, int rows, int filled, T* panel, int width)
        where T : unmanaged
    {
        for (var k = 0; k < rows; k++)
        {
            var row = new Span<T>(panel + ((nint)k * width), width);
            new ReadOnlySpan<T>(source.Origin + (k * source.Row), filled).CopyTo(row);
            row[filled..].Clear();
        }
    }

    private static void TransposeColumns<T>(Strided<T> source, int rows, int filled, T* panel, int width)
        where T : unmanaged
    {
        for (var k = 0; k < rows; k += TransposedRows)
        {
            var count = Math.Min(TransposedRows, rows - k);
            for (var column = 0; column < width; column++)
            {
                var from = source.Origin + (k * source.Row) + (column * source.Column);
                var to = panel + ((nint)k * width) + column;
                for (var i = 0; i < count; i++)
                {
                    *to = column < filled ? from[i * source.Row] : default;
                    to += width;
                }
            }
        }
    }

    private static int Padded(int columns, int laneWidth) => (columns + laneWidth - 1) / laneWidth * laneWidth;
}
