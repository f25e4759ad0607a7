using System.Runtime.CompilerServices;

namespace RnnCompare.Numerics;

/// <summary>The layout of a copied block of a left operand whose rows, not columns, lie side by side.</summary>
/// <remarks>
/// <see cref="TileKernel"/> would read such an operand with a jump from each k to the next, mostly to another page of
/// memory. A strip holds eight rows, and in it those elements lie together that a tile reads together.
/// </remarks>
internal static unsafe class Strips
{
    /// <summary>The number of rows in a strip.</summary>
    public const int Height = 8;

    /// <summary>Copies a block into strips.</summary>
    /// <param name="source">Element (0, 0) and strides; the rows lie side by side.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="destination">Memory for <paramref name="rows"/>, rounded up to whole strips, times <paramref name="columns"/> elements.</param>
    public static void Pack<T>(Strided<T> source, int rows, int columns, T* destination)
        where T : unmanaged
    {
        for (var k = 0; k < columns; k++)
        {
            var from = source.From(0, k).Origin;
            var to = destination + ((nint)k * Height);
            var row = 0;
            for (; row <= rows - Height; row += Height)
            {
                Unsafe.CopyBlockUnaligned(to, from + row, (uint)(Height * sizeof(T)));
                to += (nint)columns * Height;
            }

            for (; row < rows; row++)
            {
                *to++ = from[row];
            }
        }
    }

    /// <summary>The strip that holds a row and the seven below it.</summary>
    public static Strided<T> At<T>(T* strips, int row, int columns)
        where T : unmanaged => new(strips + ((nint)row * columns), 1, Height);
}
