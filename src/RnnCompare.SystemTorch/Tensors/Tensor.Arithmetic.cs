using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) => add(target, 1);
        public Tensor add(Tensor target, Scalar alpha) => Aten.add.Call(this, target, alpha);
        public Tensor add(Scalar scalar) => add(scalar, 1);
        public Tensor add(Scalar scalar, Scalar alpha) => Aten.add_scalar.Call(this, scalar, alpha);

        public Tensor add_(Tensor target) => add_(target, 1);
        public Tensor add_(Scalar scalar) => add_(scalar, 1);

        public Tensor add_(Tensor target, Scalar alpha)
        {
            Aten.add_.CallInPlace(this, target, alpha);
            return this;
        }

        public Tensor add_(Scalar scalar, Scalar alpha)
        {
            Aten.add_scalar_.CallInPlace(this, scalar, alpha);
            return this;
        }

        public Tensor mul(Tensor target) => Aten.mul.Call(this, target);
        public Tensor mul(Scalar target) => Aten.mul_scalar.Call(this, target);

        public Tensor mul_(Tensor target)
        {
            Aten.mul_.CallInPlace(this, target);
            return this;
        }

        public Tensor mul_(Scalar target)
        {
            Aten.mul_scalar_.CallInPlace(this, target);
            return this;
        }

        public Tensor pow(Tensor exponent) => Aten.pow.Call(this, exponent);
        public Tensor pow(Scalar exponent) => Aten.pow_scalar.Call(this, exponent);

        public Tensor square() => Aten.square.Call(this);
        public Tensor sqrt() => Aten.sqrt.Call(this);
        public Tensor abs() => Aten.abs.Call(this);
        public Tensor exp() => Aten.exp.Call(this);
        public Tensor log() => Aten.log.Call(this);
        public Tensor tanh() => Aten.tanh.Call(this);
        public Tensor relu() => Aten.relu.Call(this);
        public Tensor sigmoid() => Aten.sigmoid.Call(this);

        public Tensor matmul(Tensor target) => Aten.matmul.Call(this, target);
        public Tensor mm(Tensor target) => Aten.mm.Call(this, target);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) =>
            Aten.addmm.Call(this, mat1, mat2, beta, alpha);

        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.masked_fill.Call(this, mask, value);

        /// <summary>The elements of this tensor where <paramref name="condition"/> is true, and of <paramref name="y"/> elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) => Aten.where.Call(condition, this, y);
    }
}
