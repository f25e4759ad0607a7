using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary><paramref name="left"/> + <paramref name="right"/>, element by element.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => Aten.add.Call(left, right, 1L);

        /// <summary>Adds one number to every element.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => Aten.add_scalar.Call(left, right, 1L);

        /// <inheritdoc cref="operator +(Tensor, Scalar)"/>
        public static Tensor operator +(Tensor left, double right) => left + (Scalar)right;

        /// <inheritdoc cref="operator +(Tensor, Scalar)"/>
        public static Tensor operator +(Tensor left, float right) => left + (Scalar)right;

        /// <inheritdoc cref="operator +(Tensor, Scalar)"/>
        public static Tensor operator +(Tensor left, long right) => left + (Scalar)right;

        /// <inheritdoc cref="operator +(Tensor, Scalar)"/>
        public static Tensor operator +(Tensor left, int right) => left + (Scalar)right;

        /// <inheritdoc cref="operator +(Tensor, Scalar)"/>
        public static Tensor operator +(Scalar left, Tensor right) => Aten.add_scalar.Call(right, left, 1L);

        /// <inheritdoc cref="operator +(Tensor, Scalar)"/>
        public static Tensor operator +(double left, Tensor right) => (Scalar)left + right;

        /// <inheritdoc cref="operator +(Tensor, Scalar)"/>
        public static Tensor operator +(float left, Tensor right) => (Scalar)left + right;

        /// <inheritdoc cref="operator +(Tensor, Scalar)"/>
        public static Tensor operator +(long left, Tensor right) => (Scalar)left + right;

        /// <inheritdoc cref="operator +(Tensor, Scalar)"/>
        public static Tensor operator +(int left, Tensor right) => (Scalar)left + right;

        /// <summary><paramref name="left"/> − <paramref name="right"/>, element by element.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => Aten.sub.Call(left, right, 1L);

        /// <summary>Subtracts one number from every element.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => Aten.sub_scalar.Call(left, right, 1L);

        /// <inheritdoc cref="operator -(Tensor, Scalar)"/>
        public static Tensor operator -(Tensor left, double right) => left - (Scalar)right;

        /// <inheritdoc cref="operator -(Tensor, Scalar)"/>
        public static Tensor operator -(Tensor left, float right) => left - (Scalar)right;

        /// <inheritdoc cref="operator -(Tensor, Scalar)"/>
        public static Tensor operator -(Tensor left, long right) => left - (Scalar)right;

        /// <inheritdoc cref="operator -(Tensor, Scalar)"/>
        public static Tensor operator -(Tensor left, int right) => left - (Scalar)right;

        /// <summary>One number minus every element.</summary>
        public static Tensor operator -(Scalar left, Tensor right) => Aten.rsub_scalar.Call(right, left, 1L);

        /// <inheritdoc cref="operator -(Scalar, Tensor)"/>
        public static Tensor operator -(double left, Tensor right) => (Scalar)left - right;

        /// <inheritdoc cref="operator -(Scalar, Tensor)"/>
        public static Tensor operator -(float left, Tensor right) => (Scalar)left - right;

        /// <inheritdoc cref="operator -(Scalar, Tensor)"/>
        public static Tensor operator -(long left, Tensor right) => (Scalar)left - right;

        /// <inheritdoc cref="operator -(Scalar, Tensor)"/>
        public static Tensor operator -(int left, Tensor right) => (Scalar)left - right;

        /// <summary><paramref name="left"/> ⊙ <paramref name="right"/>: a product element by element, not of matrices.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => Aten.mul.Call(left, right);

        /// <summary>Multiplies every element by one number.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => Aten.mul_scalar.Call(left, right);

        /// <inheritdoc cref="operator *(Tensor, Scalar)"/>
        public static Tensor operator *(Tensor left, double right) => left * (Scalar)right;

        /// <inheritdoc cref="operator *(Tensor, Scalar)"/>
        public static Tensor operator *(Tensor left, float right) => left * (Scalar)right;

        /// <inheritdoc cref="operator *(Tensor, Scalar)"/>
        public static Tensor operator *(Tensor left, long right) => left * (Scalar)right;

        /// <inheritdoc cref="operator *(Tensor, Scalar)"/>
        public static Tensor operator *(Tensor left, int right) => left * (Scalar)right;

        /// <inheritdoc cref="operator *(Tensor, Scalar)"/>
        public static Tensor operator *(Scalar left, Tensor right) => Aten.mul_scalar.Call(right, left);

        /// <inheritdoc cref="operator *(Tensor, Scalar)"/>
        public static Tensor operator *(double left, Tensor right) => (Scalar)left * right;

        /// <inheritdoc cref="operator *(Tensor, Scalar)"/>
        public static Tensor operator *(float left, Tensor right) => (Scalar)left * right;

        /// <inheritdoc cref="operator *(Tensor, Scalar)"/>
        public static Tensor operator *(long left, Tensor right) => (Scalar)left * right;

        /// <inheritdoc cref="operator *(Tensor, Scalar)"/>
        public static Tensor operator *(int left, Tensor right) => (Scalar)left * right;

        /// <summary><paramref name="left"/> / <paramref name="right"/>, element by element; integers divide to Float32.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => Aten.div.Call(left, right);

        /// <summary>Divides every element by one number; integers divide to Float32.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => Aten.div_scalar.Call(left, right);

        /// <inheritdoc cref="operator /(Tensor, Scalar)"/>
        public static Tensor operator /(Tensor left, double right) => left / (Scalar)right;

        /// <inheritdoc cref="operator /(Tensor, Scalar)"/>
        public static Tensor operator /(Tensor left, float right) => left / (Scalar)right;

        /// <inheritdoc cref="operator /(Tensor, Scalar)"/>
        public static Tensor operator /(Tensor left, long right) => left / (Scalar)right;

        /// <inheritdoc cref="operator /(Tensor, Scalar)"/>
        public static Tensor operator /(Tensor left, int right) => left / (Scalar)right;

        /// <summary>One number divided by every element, as the number times the reciprocals, which rounds twice.</summary>
        public static Tensor operator /(Scalar left, Tensor right)
        {
            using Tensor inverse = Aten.reciprocal.Call(right);
            return Aten.mul_scalar.Call(inverse, left);
        }

        /// <inheritdoc cref="operator /(Scalar, Tensor)"/>
        public static Tensor operator /(double left, Tensor right) => (Scalar)left / right;

        /// <inheritdoc cref="operator /(Scalar, Tensor)"/>
        public static Tensor operator /(float left, Tensor right) => (Scalar)left / right;

        /// <inheritdoc cref="operator /(Scalar, Tensor)"/>
        public static Tensor operator /(long left, Tensor right) => (Scalar)left / right;

        /// <inheritdoc cref="operator /(Scalar, Tensor)"/>
        public static Tensor operator /(int left, Tensor right) => (Scalar)left / right;

        /// <summary>Changes the sign of every element.</summary>
        public static Tensor operator -(Tensor tensor) => Aten.neg.Call(tensor);
    }
}
