using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => Aten.add.Call(left, right, 1L);
        public static Tensor operator +(Tensor left, Scalar right) => Aten.add_scalar.Call(left, right, 1L);
        public static Tensor operator +(Tensor left, double right) => left + (Scalar)right;
        public static Tensor operator +(Tensor left, float right) => left + (Scalar)right;
        public static Tensor operator +(Tensor left, long right) => left + (Scalar)right;
        public static Tensor operator +(Tensor left, int right) => left + (Scalar)right;
        public static Tensor operator +(Scalar left, Tensor right) => Aten.add_scalar.Call(right, left, 1L);
        public static Tensor operator +(double left, Tensor right) => (Scalar)left + right;
        public static Tensor operator +(float left, Tensor right) => (Scalar)left + right;
        public static Tensor operator +(long left, Tensor right) => (Scalar)left + right;
        public static Tensor operator +(int left, Tensor right) => (Scalar)left + right;

        public static Tensor operator -(Tensor left, Tensor right) => Aten.sub.Call(left, right, 1L);
        public static Tensor operator -(Tensor left, Scalar right) => Aten.sub_scalar.Call(left, right, 1L);
        public static Tensor operator -(Tensor left, double right) => left - (Scalar)right;
        public static Tensor operator -(Tensor left, float right) => left - (Scalar)right;
        public static Tensor operator -(Tensor left, long right) => left - (Scalar)right;
        public static Tensor operator -(Tensor left, int right) => left - (Scalar)right;
        public static Tensor operator -(Scalar left, Tensor right) => Aten.rsub_scalar.Call(right, left, 1L);
        public static Tensor operator -(double left, Tensor right) => (Scalar)left - right;
        public static Tensor operator -(float left, Tensor right) => (Scalar)left - right;
        public static Tensor operator -(long left, Tensor right) => (Scalar)left - right;
        public static Tensor operator -(int left, Tensor right) => (Scalar)left - right;

        public static Tensor operator *(Tensor left, Tensor right) => Aten.mul.Call(left, right);
        public static Tensor operator *(Tensor left, Scalar right) => Aten.mul_scalar.Call(left, right);
        public static Tensor operator *(Tensor left, double right) => left * (Scalar)right;
        public static Tensor operator *(Tensor left, float right) => left * (Scalar)right;
        public static Tensor operator *(Tensor left, long right) => left * (Scalar)right;
        public static Tensor operator *(Tensor left, int right) => left * (Scalar)right;
        public static Tensor operator *(Scalar left, Tensor right) => Aten.mul_scalar.Call(right, left);
        public static Tensor operator *(double left, Tensor right) => (Scalar)left * right;
        public static Tensor operator *(float left, Tensor right) => (Scalar)left * right;
        public static Tensor operator *(long left, Tensor right) => (Scalar)left * right;
        public static Tensor operator *(int left, Tensor right) => (Scalar)left * right;

        public static Tensor operator /(Tensor left, Tensor right) => Aten.div.Call(left, right);
        public static Tensor operator /(Tensor left, Scalar right) => Aten.div_scalar.Call(left, right);
        public static Tensor operator /(Tensor left, double right) => left / (Scalar)right;
        public static Tensor operator /(Tensor left, float right) => left / (Scalar)right;
        public static Tensor operator /(Tensor left, long right) => left / (Scalar)right;
        public static Tensor operator /(Tensor left, int right) => left / (Scalar)right;
        public static Tensor operator /(Scalar left, Tensor right)
        {
            using Tensor inverse = Aten.reciprocal.Call(right);
            return Aten.mul_scalar.Call(inverse, left);
        }

        public static Tensor operator /(double left, Tensor right) => (Scalar)left / right;
        public static Tensor operator /(float left, Tensor right) => (Scalar)left / right;
        public static Tensor operator /(long left, Tensor right) => (Scalar)left / right;
        public static Tensor operator /(int left, Tensor right) => (Scalar)left / right;

        public static Tensor operator -(Tensor tensor) => Aten.neg.Call(tensor);
    }
}
