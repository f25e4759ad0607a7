using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum of all elements, a scalar.</summary>
        /// <param name="type">To what the elements are converted first; null keeps real types and takes Int64 for integers and Bool.</param>
        public Tensor sum(ScalarType? type = null) => Aten.sum.Call(this, type);

        /// <summary>Sums over some axes.</summary>
        /// <param name="dim">The axes; negative ones count from the end.</param>
        /// <param name="keepdim">Whether these axes stay, with length 1.</param>
        /// <param name="type">To what the elements are converted first; null keeps real types and takes Int64 for integers and Bool.</param>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) =>
            Aten.sum_dim.Call(this, dim, keepdim, type);

        /// <inheritdoc cref="sum(long[], bool, ScalarType?)"/>
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            sum(dim.ToArray(), keepdim, type);

        /// <summary>Sums over one axis, as <see cref="sum(long[], bool, ScalarType?)"/>.</summary>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        /// <summary>Sums over two axes, as <see cref="sum(long[], bool, ScalarType?)"/>.</summary>
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) =>
            sum([dim0, dim1], keepdim, type);

        /// <summary>Sums over three axes, as <see cref="sum(long[], bool, ScalarType?)"/>.</summary>
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            sum([dim0, dim1, dim2], keepdim, type);

        /// <summary>The mean of all elements, a scalar; the elements must be real.</summary>
        public Tensor mean() => Aten.mean.Call(this, default);

        /// <summary>Means over some axes; the elements, once converted, must be real.</summary>
        /// <param name="dimensions">The axes; negative ones count from the end.</param>
        /// <param name="keepdim">Whether these axes stay, with length 1.</param>
        /// <param name="type">To what the elements are converted first; null leaves them.</param>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Aten.mean_dim.Call(this, dimensions, keepdim, type);

        /// <summary>(Σ|x|ᵖ)^(1/p) over all elements, a scalar; an infinite <paramref name="p"/> gives the largest magnitude.</summary>
        public Tensor norm(float p = 2f) => Aten.norm.Call(this, p);

        /// <summary>The p-norms along one axis.</summary>
        /// <param name="dim">The axis; a negative one counts from the end.</param>
        /// <param name="keepdim">Whether the axis stays, with length 1.</param>
        /// <param name="p">The exponent; infinity gives the largest magnitude.</param>
        public Tensor norm(int dim, bool keepdim = false, float p = 2f) =>
            Aten.norm_dim.Call(this, p, new long[] { dim }, keepdim);

        /// <summary>The largest element, a scalar; NaN where there is one.</summary>
        public Tensor max() => Aten.max.Call(this);

        /// <summary>The larger of two elements, place by place; NaN where either is.</summary>
        public Tensor max(Tensor other) => Aten.max_other.Call(this, other);

        /// <summary>The largest elements along one axis, and where on it they stand (Int64).</summary>
        /// <param name="dim">The axis; a negative one counts from the end.</param>
        /// <param name="keepdim">Whether the axis stays, with length 1, in both results.</param>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Aten.max_dim.CallForTwo(this, dim, keepdim);

        /// <summary>The row-major position of the largest element, an Int64 scalar.</summary>
        public Tensor argmax() => Aten.argmax.Call(this, default, false);

        /// <summary>The positions (Int64) of the largest elements along one axis.</summary>
        /// <param name="dim">The axis; a negative one counts from the end.</param>
        /// <param name="keepdim">Whether the axis stays, with length 1.</param>
        public Tensor argmax(long dim, bool keepdim = false) => Aten.argmax.Call(this, dim, keepdim);

        /// <summary>eˣ / Σeˣ along axis <paramref name="dim"/>, of this shape, safe from overflow.</summary>
        /// <param name="dim">The axis along which the results sum to 1.</param>
        /// <param name="dtype">To what the elements are converted first; null leaves them.</param>
        public Tensor softmax(long dim, ScalarType? dtype = null) => Aten.softmax.Call(this, dim, dtype);

        /// <summary>x − log Σeˣ along axis <paramref name="dim"/>, of this shape: exact where the logarithm of a softmax would be of 0.</summary>
        /// <param name="dim">The axis along which the exponentials of the results sum to 1.</param>
        /// <param name="dtype">To what the elements are converted first; null leaves them.</param>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Aten.log_softmax.Call(this, dim, dtype);
    }
}
