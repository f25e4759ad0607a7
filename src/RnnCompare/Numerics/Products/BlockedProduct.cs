using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCompare.Numerics;

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

    /// <summary>destination = a · b, or += where <paramref name="add"/>.</summary>
    /// <param name="a">(<paramref name="rows"/>, <paramref name="length"/>).</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="length">The number of terms k.</param>
    /// <param name="b">(<paramref name="length"/>, <paramref name="columns"/>), packed for these lanes.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="destination">(<paramref name="rows"/>, <paramref name="columns"/>).</param>
    /// <param name="add">Whether the sums start from the destination instead of from zero.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLane>(Strided<T> a, int rows, int length, T* b, int columns, Strided<T> destination, bool add)
        where TLane : struct, ILane<TLane, T>
    {
        var copies = a.Column != 1 && Math.Min(BlockLength, length) * a.Column * sizeof(T) > SpreadBytes;
        var scratch = copies ? ArrayPool<T>.Shared.Rent(Strips<T>.Length(BlockRows, BlockLength) + CacheLine.Slack<T>()) : [];
        fixed (T* memory = scratch)
        {
            for (var k = 0; k == 0 || k < length; k += BlockLength)
            {
                var terms = Math.Min(BlockLength, length - k);
                for (var row = 0; row < rows; row += BlockRows)
                {
                    var height = Math.Min(BlockRows, rows - row);
                    var part = a.From(row, k);
                    var block = copies ? Strips<T>.Copy(part, height, terms, CacheLine.Align(memory)) : Strips<T>.Of(part);
                    for (var column = 0; column < columns; column += Panels.Lanes * TLane.Count)
                    {
                        var width = Panels.Width(columns - column, TLane.Count);
                        var panel = b + ((nint)column * length) + ((nint)k * width);
                        PanelProduct<TLane, T>.Run(
                            block, height, panel, terms, destination.From(row, column), Math.Min(width, columns - column), add || k > 0);
                    }
                }
            }
        }

        if (copies)
        {
            ArrayPool<T>.Shared.Return(scratch);
        }
    }
}
