using System.Runtime.CompilerServices;

namespace RnnCompare.Numerics.Products;

/// <summary>Rows of a left operand, eight to a strip: an element's address, and the distances to the next row, column and strip.</summary>
/// <remarks>
/// Where the rows of an operand, not its columns, lie side by side, <see cref="TileKernel"/> would jump from each k to
/// the next, mostly to another page of memory. Such an operand is copied block by block: in a copied strip those
/// elements lie together that a tile reads together.
/// </remarks>
internal readonly unsafe struct Strips<T>(T* origin, nint row, nint column, nint strip)
    where T : unmanaged
{
    /// <summary>The number of rows in a strip.</summary>
    public const int Height = 8;

    /// <summary>The element (0, 0).</summary>
    public readonly T* Origin = origin;

    /// <summary>The distance from one row of a strip to the next.</summary>
    public readonly nint Row = row;

    /// <summary>The distance from one column to the next.</summary>
    public readonly nint Column = column;

    /// <summary>The distance from one strip to the next.</summary>
    public readonly nint Strip = strip;

    /// <summary>Sees an operand in its place as strips.</summary>
    public static Strips<T> Of(Strided<T> source) => new(source.Origin, source.Row, source.Column, Height * source.Row);

    /// <summary>Copies a block, whose rows lie side by side, into strips.</summary>
    /// <param name="source">Element (0, 0) and strides.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="memory">Memory for <see cref="Length"/> elements.</param>
    public static Strips<T> Copy(Strided<T> source, int rows, int columns, T* memory)
    {
        var strip = StripLength(columns);
        for (var k = 0; k < columns; k++)
        {
            var from = source.From(0, k).Origin;
            var to = memory + ((nint)k * Height);
            var row = 0;
            for (; row <= rows - Height; row += Height)
            {
                Unsafe.CopyBlockUnaligned(to, from + row, (uint)(Height * sizeof(T)));
                to += strip;
            }

            for (; row < rows; row++)
            {
                *to++ = from[row];
            }
        }

        return new(memory, 1, Height, strip);
    }

    /// <summary>The number of elements of a block of copied strips.</summary>
    public static int Length(int rows, int columns) => (rows + Height - 1) / Height * StripLength(columns);

    /// <summary>The element in column 0 of a row.</summary>
    public T* At(int row) => Origin + (row / Height * Strip) + (row % Height * Row);

    /// <summary>The strips from a row on, which begins a strip.</summary>
    public Strips<T> From(int row) => new(At(row), Row, Column, Strip);

    // A cache line more than the strip needs: otherwise the same column of every strip could lie in the same set of the cache.
    private static int StripLength(int columns) => (columns * Height) + CacheLine.Slack<T>();
}
