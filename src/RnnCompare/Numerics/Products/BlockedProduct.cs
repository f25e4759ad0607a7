using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCompare.Numerics;

/// <summary>Products with a packed right operand, cut into blocks that fit the caches.</summary>
internal static unsafe class BlockedProduct<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // A strip of a block of a (8 rows · 2 KiB) stays in the first-level cache; the whole block and a panel's part of b in the second.
    private const int BlockRows = 128;

    /// <summary>The number of terms k in a block.</summary>
    public static int BlockLength => 2048 / Unsafe.SizeOf<T>();

    /// <summary>destination = a · b, or += where <paramref name="add"/>.</summary>
    /// <param name="a">(<paramref name="rows"/>, <paramref name="length"/>).</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="length">The number of terms k.</param>
    /// <param name="b">(<paramref name="length"/>, <paramref name="columns"/>), packed for these lanes.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="destination">(<paramref name="rows"/>, <paramref name="columns"/>).</param>
    /// <param name="add">Whether the sums start from the destination instead of from zero.</param>
    public static void Run<TLane>(Strided<T> a, int rows, int length, T* b, int columns, Strided<T> destination, bool add)
        where TLane : struct, ILane<TLane, T>
    {
        var scratch = a.Column == 1 ? [] : ArrayPool<T>.Shared.Rent((BlockRows * BlockLength) + CacheLine.Slack<T>());
        fixed (T* memory = scratch)
        {
            var strips = CacheLine.Align(memory);
            for (var k = 0; k == 0 || k < length; k += BlockLength)
            {
                var terms = Math.Min(BlockLength, length - k);
                for (var row = 0; row < rows; row += BlockRows)
                {
                    var block = a.From(row, k);
                    var height = Math.Min(BlockRows, rows - row);
                    if (a.Column != 1)
                    {
                        Strips.Pack(block, height, terms, strips);
                    }

                    for (var column = 0; column < columns; column += Panels.Lanes * TLane.Count)
                    {
                        var width = Panels.Width(columns - column, TLane.Count);
                        var panel = b + ((nint)column * length) + ((nint)k * width);
                        for (var top = 0; top < height; top += Strips.Height)
                        {
                            PanelProduct<TLane, T>.Run(
                                a.Column == 1 ? block.From(top, 0) : Strips.At(strips, top, terms),
                                Math.Min(Strips.Height, height - top),
                                panel,
                                terms,
                                destination.From(row + top, column),
                                Math.Min(width, columns - column),
                                add || k > 0);
                        }
                    }
                }
            }
        }

        if (scratch.Length > 0)
        {
            ArrayPool<T>.Shared.Return(scratch);
        }
    }
}
