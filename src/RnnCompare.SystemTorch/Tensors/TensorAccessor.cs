using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>A tensor's elements in row-major order, read from and written to the tensor's own memory.</summary>
/// <typeparam name="T">The .NET type of the elements.</typeparam>
/// <remarks>Writing is not recorded by autograd. A tensor of more elements than a span holds throws <see cref="OverflowException"/>.</remarks>
public sealed unsafe class TensorAccessor<T> : IDisposable where T : unmanaged
{
    private readonly Tensor tensor;

    internal TensorAccessor(Tensor tensor)
    {
        if (tensor.dtype != ElementTypes.Of(typeof(T)))
            throw new ArgumentException($"The tensor holds {tensor.dtype}, but {typeof(T).Name} was asked for.");
        this.tensor = tensor;
    }

    /// <summary>The number of elements.</summary>
    public long Count => tensor.numel();

    /// <summary>A copy of all elements.</summary>
    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array);
        return array;
    }

    /// <inheritdoc cref="CopyTo(Span{T}, int, long)"/>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies until either side ends, from element <paramref name="tensorIndex"/> to <paramref name="arrayIndex"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative or beyond the end.</exception>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        if (tensor.is_contiguous())
        {
            ReadOnlySpan<T> source = Elements(tensor)[checked((int)tensorIndex)..];
            Span<T> destination = array[arrayIndex..];
            source[..Math.Min(source.Length, destination.Length)].CopyTo(destination);
            GC.KeepAlive(tensor);
            return;
        }

        using Tensor dense = tensor.contiguous();
        new TensorAccessor<T>(dense).CopyTo(array, arrayIndex, tensorIndex);
    }

    /// <inheritdoc cref="CopyFrom(ReadOnlySpan{T}, int, long)"/>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies until either side ends, from element <paramref name="arrayIndex"/> to <paramref name="tensorIndex"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative or beyond the end.</exception>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        if (tensor.is_contiguous())
        {
            ReadOnlySpan<T> source = array[arrayIndex..];
            Span<T> destination = Elements(tensor)[checked((int)tensorIndex)..];
            source[..Math.Min(source.Length, destination.Length)].CopyTo(destination);
            GC.KeepAlive(tensor);
            return;
        }

        using IDisposable unrecorded = no_grad();
        using Tensor dense = tensor.contiguous();
        new TensorAccessor<T>(dense).CopyFrom(array, arrayIndex, tensorIndex);
        tensor.copy_(dense);
    }

    /// <summary>Nothing is held: the method exists because TorchSharp's accessors are disposable.</summary>
    public void Dispose()
    {
    }

    private static Span<T> Elements(Tensor tensor)
    {
        TensorInfo info = tensor.Describe();
        return new Span<T>(info.Data, checked((int)info.Elements));
    }
}
