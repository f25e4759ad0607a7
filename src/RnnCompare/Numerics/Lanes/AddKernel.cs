using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnCompare.Numerics.Lanes;

/// <summary>destination = a + b, element by element; the destination may be one of the operands.</summary>
internal readonly ref struct AddKernel<T> : ILaneKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ref readonly T _a;
    private readonly ref readonly T _b;
    private readonly ref T _destination;

    private AddKernel(ref readonly T a, ref readonly T b, ref T destination)
    {
        _a = ref a;
        _b = ref b;
        _destination = ref destination;
    }

    /// <summary>Adds spans of equal length.</summary>
    public static void Run(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> destination)
    {
        var kernel = new AddKernel<T>(in MemoryMarshal.GetReference(a), in MemoryMarshal.GetReference(b), ref MemoryMarshal.GetReference(destination));
        LaneLoop.Run<T, AddKernel<T>>(ref kernel, destination.Length);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<TLane>(nuint offset)
        where TLane : struct, ILane<TLane, T> =>
        (TLane.Load(in _a, offset) + TLane.Load(in _b, offset)).Store(ref _destination, offset);
}
