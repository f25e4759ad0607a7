using RnnCompare.SystemTorch.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>The length of each axis, in a new array; empty for a scalar.</summary>
        public long[] shape
        {
            get
            {
                TensorInfo info = Describe();
                long[] sizes = new ReadOnlySpan<long>(info.Sizes, (int)info.Dimensions).ToArray();
                GC.KeepAlive(this);
                return sizes;
            }
        }

        /// <summary>The type of the elements.</summary>
        public ScalarType dtype => (ScalarType)Describe().ScalarType;

        /// <summary>Always <see cref="CPU"/>.</summary>
        public Device device => CPU;

        /// <summary>The number of axes.</summary>
        public long dim() => Describe().Dimensions;

        /// <summary>The number of elements: the product of all axes, 1 for a scalar.</summary>
        public long numel() => Describe().Elements;

        /// <summary>Whether the elements lie in memory in row-major order without gaps.</summary>
        public bool is_contiguous()
        {
            TensorInfo info = Describe();
            bool contiguous = info.IsContiguous;
            GC.KeepAlive(this);
            return contiguous;
        }

        /// <summary>The tensor's memory, whose type must be <typeparamref name="T"/>.</summary>
        /// <typeparam name="T">The .NET type of the elements.</typeparam>
        /// <exception cref="ArgumentException">The elements have another type.</exception>
        /// <exception cref="NotSupportedException">No tensor has elements of <typeparamref name="T"/>.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged => new(this);

        /// <summary>The value of a tensor of one element, whatever its number of axes.</summary>
        /// <typeparam name="T">The .NET type of the element; nothing is converted.</typeparam>
        /// <exception cref="ArgumentException">The tensor has not exactly one element, or it has another type.</exception>
        /// <exception cref="NotSupportedException">No tensor has elements of <typeparamref name="T"/>.</exception>
        public T item<T>() where T : unmanaged
        {
            long count = numel();
            if (count != 1) throw new ArgumentException($"item needs exactly one element, but the tensor has {count}.");
            return data<T>().ToArray()[0];
        }

        /// <summary>The elements converted to another type, recorded by autograd.</summary>
        /// <param name="type">The new type; where it is the present one, the result shares this tensor's memory.</param>
        /// <param name="copy">Whether to copy even then.</param>
        /// <param name="disposeAfter">Whether to dispose of this tensor afterwards.</param>
        /// <param name="non_blocking">Without effect on the CPU.</param>
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            Tensor result = Aten.to_dtype.Call(this, type, non_blocking, copy, default);
            if (disposeAfter) Dispose();
            return result;
        }

        /// <summary>A copy in memory of its own, recorded by autograd: its gradient flows back to this tensor.</summary>
        public Tensor clone() => Aten.clone.Call(this, default);

        /// <summary>The elements in row-major order: a copy, or the same memory where it is so already.</summary>
        public Tensor contiguous() => Aten.contiguous.Call(this, 0L);

        /// <summary>Overwrites the elements with those of <paramref name="source"/>, broadcast to this shape and converted to this type.</summary>
        /// <param name="source">The new elements, left as they are.</param>
        /// <param name="nonBlocking">Without effect on the CPU.</param>
        /// <returns>This tensor itself, not a new reference.</returns>
        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            Aten.copy_.CallInPlace(this, source, nonBlocking);
            return this;
        }

        /// <summary>Overwrites every element with <paramref name="value"/>.</summary>
        /// <returns>This tensor itself, not a new reference.</returns>
        public Tensor fill_(Scalar value)
        {
            Aten.fill_.CallInPlace(this, value);
            return this;
        }

        /// <summary>A tensor of zeros outside of the record.</summary>
        /// <param name="size">The length of each axis.</param>
        /// <param name="dtype">The element type; null means this tensor's.</param>
        /// <param name="device">Without effect: there is one device.</param>
        /// <param name="requires_grad">Whether autograd records what is computed from it.</param>
        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Aten.new_zeros.Call(this, size, dtype, default, default, default).requires_grad_(requires_grad);

        /// <inheritdoc cref="new_zeros(long[], ScalarType?, Device, bool)"/>
        public Tensor new_zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_zeros(size.ToArray(), dtype, device, requires_grad);

        /// <summary>A vector of <paramref name="size"/> zeros, otherwise as <see cref="new_zeros(long[], ScalarType?, Device, bool)"/>.</summary>
        public Tensor new_zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_zeros([size], dtype, device, requires_grad);

        /// <summary>Zeros (rows, columns), otherwise as <see cref="new_zeros(long[], ScalarType?, Device, bool)"/>.</summary>
        public Tensor new_zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_zeros([rows, columns], dtype, device, requires_grad);

        /// <summary>Zeros of three axes, otherwise as <see cref="new_zeros(long[], ScalarType?, Device, bool)"/>.</summary>
        public Tensor new_zeros(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_zeros([dim0, dim1, dim2], dtype, device, requires_grad);

        /// <summary>Zeros of four axes, otherwise as <see cref="new_zeros(long[], ScalarType?, Device, bool)"/>.</summary>
        public Tensor new_zeros(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_zeros([dim0, dim1, dim2, dim3], dtype, device, requires_grad);

        /// <summary>Pointers in the result hold only while this tensor is alive.</summary>
        internal TensorInfo Describe()
        {
            TensorInfo info;
            NativeError.ThrowIfNegative(NativeMethods.tensor_info(Native, &info));
            return info;
        }
    }
}
