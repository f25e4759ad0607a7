using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What becomes of the losses of single entries, with libtorch's numbers.</summary>
        public enum Reduction : long
        {
            /// <summary>They stay apart.</summary>
            None = 0,

            /// <summary>Their sum, divided by how many count (with class weights: by the sum of those).</summary>
            Mean = 1,

            /// <summary>Their sum.</summary>
            Sum = 2,
        }

        /// <summary>The activation of plain recurrent layers.</summary>
        public enum NonLinearities
        {
            /// <summary>max(z, 0).</summary>
            ReLU = 0,

            /// <summary>tanh z.</summary>
            Tanh = 1,
        }

        /// <summary>Layers and losses without parameters of their own.</summary>
        public static partial class functional
        {
            /// <summary><c>input·weightsᵀ + bias</c>, (…, out).</summary>
            /// <param name="input">(…, in).</param>
            /// <param name="weights">(out, in).</param>
            /// <param name="bias">(out), or null for none.</param>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Aten.linear.Call(input, weights, bias);

            /// <summary>Softmax cross-entropy, −log softmax(x)[class] in nats.</summary>
            /// <param name="input">Logits, (N, C).</param>
            /// <param name="target">Classes from 0, (N), Int64; or probabilities, (N, C), of the input's type.</param>
            /// <param name="weight">The weight of each class, (C); null means 1.</param>
            /// <param name="ignore_index">The class whose entries count nowhere.</param>
            /// <param name="reduction">What becomes of the N losses.</param>
            /// <param name="label_smoothing">How much of the target, in [0, 1], is spread evenly over all classes.</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100,
                Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                Aten.cross_entropy_loss.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>(x − target)² of every element, without a factor ½.</summary>
            /// <param name="input">Of any shape.</param>
            /// <param name="target">Of the same shape; another one broadcasts.</param>
            /// <param name="reduction">What becomes of the squares; the mean is over all elements.</param>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Aten.mse_loss.Call(input, target, (long)reduction);
        }
    }
}
