using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>This + <paramref name="target"/>, element by element.</summary>
        public Tensor add(Tensor target) => add(target, 1);

        /// <summary>This + <paramref name="alpha"/>·<paramref name="target"/>, element by element.</summary>
        public Tensor add(Tensor target, Scalar alpha) => Aten.add.Call(this, target, alpha);

        /// <summary>This + <paramref name="scalar"/>, for every element.</summary>
        public Tensor add(Scalar scalar) => add(scalar, 1);

        /// <summary>This + <paramref name="alpha"/>·<paramref name="scalar"/>, for every element.</summary>
        public Tensor add(Scalar scalar, Scalar alpha) => Aten.add_scalar.Call(this, scalar, alpha);

        /// <summary>Adds <paramref name="target"/>, broadcast to this shape, in place.</summary>
        /// <returns>This tensor itself, not a new reference.</returns>
        public Tensor add_(Tensor target) => add_(target, 1);

        /// <summary>Adds a number to every element in place.</summary>
        /// <returns>This tensor itself, not a new reference.</returns>
        public Tensor add_(Scalar scalar) => add_(scalar, 1);

        /// <summary>Adds <paramref name="alpha"/>·<paramref name="target"/>, broadcast to this shape, in place.</summary>
        /// <returns>This tensor itself, not a new reference.</returns>
        public Tensor add_(Tensor target, Scalar alpha)
        {
            Aten.add_.CallInPlace(this, target, alpha);
            return this;
        }

        /// <summary>Adds <paramref name="alpha"/>·<paramref name="scalar"/> to every element in place.</summary>
        /// <returns>This tensor itself, not a new reference.</returns>
        public Tensor add_(Scalar scalar, Scalar alpha)
        {
            Aten.add_scalar_.CallInPlace(this, scalar, alpha);
            return this;
        }

        /// <summary>This ⊙ <paramref name="target"/>: a product element by element, not of matrices.</summary>
        public Tensor mul(Tensor target) => Aten.mul.Call(this, target);

        /// <summary>This · <paramref name="target"/>, for every element.</summary>
        public Tensor mul(Scalar target) => Aten.mul_scalar.Call(this, target);

        /// <summary>Multiplies by <paramref name="target"/>, broadcast to this shape, element by element in place.</summary>
        /// <returns>This tensor itself, not a new reference.</returns>
        public Tensor mul_(Tensor target)
        {
            Aten.mul_.CallInPlace(this, target);
            return this;
        }

        /// <summary>Multiplies every element by a number in place.</summary>
        /// <returns>This tensor itself, not a new reference.</returns>
        public Tensor mul_(Scalar target)
        {
            Aten.mul_scalar_.CallInPlace(this, target);
            return this;
        }

        /// <summary>This raised to <paramref name="exponent"/>, element by element.</summary>
        public Tensor pow(Tensor exponent) => Aten.pow.Call(this, exponent);

        /// <summary>Every element raised to one <paramref name="exponent"/>.</summary>
        public Tensor pow(Scalar exponent) => Aten.pow_scalar.Call(this, exponent);

        /// <summary>x² of every element x.</summary>
        public Tensor square() => Aten.square.Call(this);

        /// <summary>√x of every element x; NaN below 0, Float32 for integers.</summary>
        public Tensor sqrt() => Aten.sqrt.Call(this);

        /// <summary>|x| of every element x; the gradient at 0 is 0.</summary>
        public Tensor abs() => Aten.abs.Call(this);

        /// <summary>eˣ of every element x; Float32 for integers.</summary>
        public Tensor exp() => Aten.exp.Call(this);

        /// <summary>The natural logarithm of every element; −∞ at 0, NaN below, Float32 for integers.</summary>
        public Tensor log() => Aten.log.Call(this);

        /// <summary>tanh x of every element x; Float32 for integers.</summary>
        public Tensor tanh() => Aten.tanh.Call(this);

        /// <summary>max(x, 0) of every element x; the gradient at 0 is 0.</summary>
        public Tensor relu() => Aten.relu.Call(this);

        /// <summary>σ(x) = 1 / (1 + e⁻ˣ) of every element x; Float32 for integers.</summary>
        public Tensor sigmoid() => Aten.sigmoid.Call(this);

        /// <summary>The matrix product over the last axis of this and the last but one of <paramref name="target"/>; axes before them broadcast.</summary>
        /// <param name="target">A vector (n) is taken as a column (n, 1), whose axis the result does not have; so is this, as a row (1, n).</param>
        public Tensor matmul(Tensor target) => Aten.matmul.Call(this, target);

        /// <summary>The matrix product (m, k)·(k, n) = (m, n), without broadcasting.</summary>
        public Tensor mm(Tensor target) => Aten.mm.Call(this, target);

        /// <summary><paramref name="beta"/>·this + <paramref name="alpha"/>·<paramref name="mat1"/>·<paramref name="mat2"/>.</summary>
        /// <param name="mat1">(m, k).</param>
        /// <param name="mat2">(k, n).</param>
        /// <param name="beta">Weight of this tensor, which broadcasts to (m, n); at 0 its NaN and infinities are ignored.</param>
        /// <param name="alpha">Weight of the product.</param>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) =>
            Aten.addmm.Call(this, mat1, mat2, beta, alpha);

        /// <summary>A copy with <paramref name="value"/> wherever the Bool tensor <paramref name="mask"/>, which broadcasts, is true.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.masked_fill.Call(this, mask, value);

        /// <summary>The elements of this tensor where <paramref name="condition"/> is true, and of <paramref name="y"/> elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) => Aten.where.Call(condition, this, y);
    }
}
