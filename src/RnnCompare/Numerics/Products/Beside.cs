using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCompare.Numerics;

/// <summary>Two rows side by side.</summary>
internal readonly unsafe struct Beside<TLeft, TRight, T>(TLeft left, TRight right) : ITile<Beside<TLeft, TRight, T>, Beside<TLeft, TRight, T>, T>
    where TLeft : struct, ITile<TLeft, TLeft, T>
    where TRight : struct, ITile<TRight, TRight, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TLeft _left = left;
    private readonly TRight _right = right;

    public static int Height => 1;

    public static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLeft.Width + TRight.Width;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Beside<TLeft, TRight, T> Load(T* source, nint stride) =>
        new(TLeft.Load(source, stride), TRight.Load(source + TLeft.Width, stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* destination, nint stride)
    {
        _left.Store(destination, stride);
        _right.Store(destination + TLeft.Width, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Beside<TLeft, TRight, T> AddOuterProduct(T* column, nint stride, Beside<TLeft, TRight, T> row, Beside<TLeft, TRight, T> sum) =>
        new(TLeft.AddOuterProduct(column, stride, row._left, sum._left), TRight.AddOuterProduct(column, stride, row._right, sum._right));
}
