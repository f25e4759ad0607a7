using RnnCompare.SystemTorch.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What is done to gradients and sequences around the modules.</summary>
        public static partial class utils
        {
            /// <summary>
            /// Scales all gradients in place by max_norm / (norm + 1e-6) where that is below 1; the norm is that of all gradients together.
            /// </summary>
            /// <param name="tensors">The parameters; those without a gradient do not count.</param>
            /// <param name="max_norm">The norm above which is scaled.</param>
            /// <param name="norm_type">p of the p-norm.</param>
            /// <returns>The norm before scaling; 0 without any gradient.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using IDisposable unrecorded = no_grad();
                using DisposeScope scope = NewDisposeScope();
                Tensor[] gradients = Gradients(tensors);
                if (gradients.Length == 0) return 0;
                Tensor[] norms = Array.ConvertAll(gradients, gradient => Norm(gradient, norm_type));
                Tensor norm = norms.Length == 1 ? norms[0] : Norm(stack(norms), norm_type);
                Tensor factor = Aten.clamp.Call(max_norm / (norm + 1e-6), default, 1.0);
                foreach (Tensor gradient in gradients) gradient.mul_(factor);
                return norm.to_type(ScalarType.Float64).item<double>();
            }

            /// <summary>Limits every element of the gradients to ±<paramref name="clip_value"/> in place.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using IDisposable unrecorded = no_grad();
                using DisposeScope scope = NewDisposeScope();
                foreach (Tensor gradient in Gradients(tensors)) Aten.clamp_.CallInPlace(gradient, -clip_value, clip_value);
            }

            private static Tensor[] Gradients(IEnumerable<Parameter> parameters) =>
                [.. parameters.Select(parameter => parameter.grad).OfType<Tensor>()];

            private static Tensor Norm(Tensor tensor, double type) => Aten.norm.Call(tensor, type);
        }
    }
}
