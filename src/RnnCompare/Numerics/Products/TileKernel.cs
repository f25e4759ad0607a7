using System.Numerics;

namespace RnnCompare.Numerics;

/// <summary>The innermost loop of every product.</summary>
internal static unsafe class TileKernel
{
    /// <summary>destination = a · b, or += where <paramref name="add"/>, for a destination of one tile.</summary>
    /// <param name="a">The element (0, 0) of the left operand (height, <paramref name="length"/>).</param>
    /// <param name="aRow">The distance between its rows.</param>
    /// <param name="aColumn">The distance between its columns.</param>
    /// <param name="b">The right operand (<paramref name="length"/>, width), packed: one row after the other.</param>
    /// <param name="length">The number of terms k.</param>
    /// <param name="destination">The element (0, 0) of the result.</param>
    /// <param name="stride">The distance between the rows of the result; its columns lie side by side.</param>
    /// <param name="add">Whether the sum starts from the destination instead of from zero.</param>
    public static void Run<TTile, TRow, T>(T* a, nint aRow, nint aColumn, T* b, nint length, T* destination, nint stride, bool add)
        where TTile : struct, ITile<TTile, TRow, T>
        where TRow : struct, ITile<TRow, TRow, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sum = add ? TTile.Load(destination, stride) : default;
        for (nint k = 0; k < length; k++)
        {
            sum = TTile.AddOuterProduct(a, aRow, TRow.Load(b, 0), sum);
            a += aColumn;
            b += TRow.Width;
        }

        sum.Store(destination, stride);
    }
}
