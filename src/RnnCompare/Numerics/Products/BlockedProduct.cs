using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics.Products;

/// <summary>Products with a packed right operand, cut into blocks that fit the caches.</summary>
internal static unsafe class BlockedProduct<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // A strip of a block of a (8 rows · 2 KiB) stays in the first-level cache; the block and a panel of b in the second.
    private const int BlockRows = 64;

    // A block of a whose columns are spread over more than this is copied: by then the jumps cost more than the copy.
    private const int SpreadBytes = 128 * 1024;

    /// <summary>The number of terms k in a block.</summary>
    public static int BlockLength => 2048 / Unsafe.SizeOf<T>();

    /// <summary>destination = a · b, or start + a · b.</summary>
    /// <param name="a">(<paramref name="rows"/>, <paramref name="length"/>).</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="length">The number of terms k.</param>
    /// <param name="b">(<paramref name="length"/>, <paramref name="columns"/>), packed for these lanes.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="start">(<paramref name="rows"/>, <paramref name="columns"/>), what the sums start from, columns side by side; may be the destination.</param>
    /// <param name="destination">(<paramref name="rows"/>, <paramref name="columns"/>), columns side by side.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLane>(Strided<T> a, int rows, int length, T* b, int columns, Strided<T> start, Strided<T> destination)
        where TLane : struct, ILane<TLane, T>
    {
        var copies = a.Column != 1 && Math.Min(BlockLength, length) * a.Column * sizeof(T) > SpreadBytes;
        var scratch = copies ? ArrayPool<T>.Shared.Rent(Strips<T>.Length(BlockRows, BlockLength) + CacheLine.Slack<T>()) : [];
        fixed (T* memory = scratch)
        {
            for (var k = 0; k == 0 || k < length; k += BlockLength)
            {
                var terms = Math.Min(BlockLength, length - k);
                var from = k == 0 ? start : destination;
                var even = rows & ~1;
                for (var row = 0; row < even; row += BlockRows)
                {
                    var height = Math.Min(BlockRows, even - row);
                    var part = a.From(row, k);
                    var block = copies ? Strips<T>.Copy(part, height, terms, CacheLine.Align(memory)) : Strips<T>.Of(part);
                    var width = 0;
                    for (var column = 0; column < columns; column += width)
                    {
                        width = Panels.Width(columns - column, TLane.Count);
                        var panel = b + ((nint)column * length) + ((nint)k * width);
                        PanelProduct<TLane, T>.Run(
                            block, height, panel, terms, from.From(row, column), destination.From(row, column), Math.Min(width, columns - column));
                    }
                }

                if (even < rows)
                {
                    var last = a.From(even, k);
                    RowProduct<TLane, T>.Run(
                        last.Origin, last.Column, terms, b, k, length, columns, from.From(even, 0).Origin, destination.From(even, 0).Origin);
                }
            }
        }

        if (copies)
        {
            ArrayPool<T>.Shared.Return(scratch);
        }
    }
}
