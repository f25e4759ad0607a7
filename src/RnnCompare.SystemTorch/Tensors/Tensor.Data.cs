using RnnCompare.SystemTorch.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
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

        public ScalarType dtype => (ScalarType)Describe().ScalarType;

        public Device device => CPU;

        public long dim() => Describe().Dimensions;

        public long numel() => Describe().Elements;

        public bool is_contiguous()
        {
            TensorInfo info = Describe();
            bool contiguous = info.IsContiguous;
            GC.KeepAlive(this);
            return contiguous;
        }

        /// <summary>The tensor's memory, whose type must be <typeparamref name="T"/>.</summary>
        /// <exception cref="ArgumentException">The elements have another type.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged => new(this);

        /// <exception cref="ArgumentException">The tensor has not exactly one element, or it has another type.</exception>
        public T item<T>() where T : unmanaged
        {
            long count = numel();
            if (count != 1) throw new ArgumentException($"item needs exactly one element, but the tensor has {count}.");
            return data<T>().ToArray()[0];
        }

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            Tensor result = Aten.to_dtype.Call(this, type, non_blocking, copy, default);
            if (disposeAfter) Dispose();
            return result;
        }

        public Tensor clone() => Aten.clone.Call(this, default);

        public Tensor contiguous() => Aten.contiguous.Call(this, 0L);

        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            Aten.copy_.CallInPlace(this, source, nonBlocking);
            return this;
        }

        public Tensor fill_(Scalar value)
        {
            Aten.fill_.CallInPlace(this, value);
            return this;
        }

        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Aten.new_zeros.Call(this, size, dtype, default, default, default).requires_grad_(requires_grad);

        public Tensor new_zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_zeros(size.ToArray(), dtype, device, requires_grad);

        public Tensor new_zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_zeros([size], dtype, device, requires_grad);

        public Tensor new_zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_zeros([rows, columns], dtype, device, requires_grad);

        public Tensor new_zeros(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_zeros([dim0, dim1, dim2], dtype, device, requires_grad);

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
