using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A Bool tensor, true where the elements are equal; NaN equals nothing.</summary>
        public Tensor eq(Tensor target) => Aten.eq.Call(this, target);

        /// <summary>A Bool tensor, true where the element is <paramref name="target"/>.</summary>
        public Tensor eq(Scalar target) => Aten.eq_scalar.Call(this, target);

        /// <summary>A Bool tensor, true where the elements differ; NaN differs from everything.</summary>
        public Tensor ne(Tensor target) => Aten.ne.Call(this, target);

        /// <summary>A Bool tensor, true where the element is not <paramref name="target"/>.</summary>
        public Tensor ne(Scalar target) => Aten.ne_scalar.Call(this, target);

        /// <inheritdoc cref="eq(Tensor)"/>
        /// <remarks>So <c>tensor == null</c> does not compile to a null test; <c>tensor is null</c> does.</remarks>
        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);

        /// <summary>A Bool tensor, true where the element is the number.</summary>
        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);

        /// <inheritdoc cref="operator ==(Tensor, Scalar)"/>
        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);

        /// <inheritdoc cref="ne(Tensor)"/>
        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);

        /// <summary>A Bool tensor, true where the element is not the number.</summary>
        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);

        /// <inheritdoc cref="operator !=(Tensor, Scalar)"/>
        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);

        /// <summary>Whether both have the same shape and the same elements, in the type both promote to; a NaN makes them differ.</summary>
        public bool Equals(Tensor target) => Aten.equal.CallForBoolean(this, target);

        /// <summary>Whether <paramref name="obj"/> is a tensor of the same shape and the same elements.</summary>
        public override bool Equals(object? obj) => obj is Tensor target && Equals(target);

        /// <summary>Depends on the reference alone: equal tensors differ in it, so that none stands for another as a key.</summary>
        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
