using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The transpose (n, m) of a matrix (m, n), over the same memory; a vector or scalar stays as it is.</summary>
        public Tensor t() => Aten.t.Call(this);

        /// <summary>The tensor with two axes exchanged, over the same memory.</summary>
        public Tensor transpose(long dim0, long dim1) => Aten.transpose.Call(this, dim0, dim1);

        /// <summary>The same memory under another shape, of which one length may be -1 and is then computed.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">The number of elements differs, or the strides do not allow it.</exception>
        public Tensor view(params long[] shape) => Aten.view.Call(this, shape);

        /// <summary>As <see cref="view(long[])"/>, but a copy where the strides do not allow to share the memory.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">The number of elements differs.</exception>
        public Tensor reshape(params long[] shape) => Aten.reshape.Call(this, shape);

        /// <summary>Puts an axis of length 1 in front of axis <paramref name="dim"/>, over the same memory; -1 puts it last.</summary>
        public Tensor unsqueeze(long dim) => Aten.unsqueeze.Call(this, dim);

        /// <summary>Leaves out axis <paramref name="dim"/> if its length is 1, or every such axis, over the same memory.</summary>
        /// <param name="dim">The axis; null means every axis of length 1.</param>
        public Tensor squeeze(long? dim = null) =>
            dim is { } one ? Aten.squeeze_dim.Call(this, one) : Aten.squeeze.Call(this);

        /// <summary>The part at one index of axis <paramref name="dim"/>, without that axis, over the same memory.</summary>
        public Tensor select(long dim, long index) => Aten.select.Call(this, dim, index);

        /// <summary>The <paramref name="length"/> indices of axis <paramref name="dim"/> from <paramref name="start"/> on, over the same memory.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">The axis ends before.</exception>
        public Tensor narrow(long dim, long start, long length) => Aten.narrow.Call(this, dim, start, length);

        /// <summary>Every <paramref name="step"/>th index of axis <paramref name="dim"/> in a range, over the same memory.</summary>
        /// <param name="dim">The axis.</param>
        /// <param name="start">The first index; a negative one counts from the end.</param>
        /// <param name="finish">The index after the last; one beyond the axis means its end.</param>
        /// <param name="step">The distance of the indices, at least 1.</param>
        public Tensor slice(long dim, long start, long finish, long step) =>
            Aten.slice.Call(this, dim, start, finish, step);

        /// <summary>A copy of the parts of axis <paramref name="dim"/> at the integers of the vector <paramref name="index"/>, in its order.</summary>
        public Tensor index_select(long dim, Tensor index) => Aten.index_select.Call(this, dim, index);

        /// <summary>One element per index: for matrices and <paramref name="dim"/> 1, result[i, j] = this[i, index[i, j]].</summary>
        /// <param name="dim">The axis along which is looked up.</param>
        /// <param name="index">Int64, with as many axes as this tensor; the result has its shape.</param>
        public Tensor gather(long dim, Tensor index) => Aten.gather.Call(this, dim, index, false);

        /// <summary>The part at each index of an axis, without that axis, over the same memory.</summary>
        public Tensor[] unbind(long dimension = 0) => Aten.unbind.CallForList(this, dimension);

        /// <summary>Cuts axis <paramref name="dim"/>, of length n, into parts of ⌈n / chunks⌉ over the same memory; the last may be shorter.</summary>
        public Tensor[] chunk(long chunks, long dim = 0) => Aten.chunk.CallForList(this, chunks, dim);

        /// <summary>Cuts axis <paramref name="dim"/> into parts of <paramref name="size"/> over the same memory; the last may be shorter.</summary>
        public Tensor[] split(long size, int dim = 0) => Aten.split.CallForList(this, size, dim);

        /// <summary>Cuts axis <paramref name="dim"/> into parts of the given lengths over the same memory.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">The lengths do not add up to the axis.</exception>
        public Tensor[] split(long[] sizes, long dim = 0) => Aten.split_with_sizes.CallForList(this, sizes, dim);

        /// <inheritdoc cref="split(long[], long)"/>
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => split(sizes.ToArray(), dim);

        /// <summary>Cuts the first axis, as <see cref="split(long[], long)"/>.</summary>
        public Tensor[] split(params long[] sizes) => split(sizes, 0);
    }
}
