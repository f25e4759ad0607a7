using RnnCompare.SystemTorch.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Modules and what belongs to them.</summary>
    public static partial class nn
    {
        /// <inheritdoc cref="Modules.Parameter.Parameter(Tensor, bool)"/>
        public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

        /// <summary>A linear layer over given parameters, of which it disposes from now on.</summary>
        /// <param name="weight">(out, in).</param>
        /// <param name="bias">(out), or null for none.</param>
        public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);

        /// <summary>A linear layer; weight and bias are uniform in ±1/√inputSize, in this order of drawing.</summary>
        /// <param name="inputSize">I, the last axis of its input.</param>
        /// <param name="outputSize">O, the last axis of its output.</param>
        /// <param name="hasBias">Whether it has a bias.</param>
        /// <param name="device">Without effect: there is one device.</param>
        /// <param name="dtype">The parameters' element type; null means <see cref="get_default_dtype"/>.</param>
        public static Linear Linear(
            long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null)
        {
            double bound = 1 / Math.Sqrt(inputSize);
            Parameter weight = Uniform([outputSize, inputSize], bound, dtype);
            return new Linear(weight, hasBias ? Uniform([outputSize], bound, dtype) : null);
        }

        /// <summary>A parameter whose elements are uniform in ±<paramref name="bound"/>.</summary>
        internal static Parameter Uniform(long[] shape, double bound, ScalarType? dtype)
        {
            Tensor values = Aten.zeros.Call(shape, dtype ?? get_default_dtype(), default, default, default);
            Aten.uniform_.CallInPlace(values, -bound, bound, default);
            return new Parameter(values);
        }

        /// <summary>Plain recurrent layers; all parameters are uniform in ±1/√hiddenSize.</summary>
        /// <param name="inputSize">I, the features of one step.</param>
        /// <param name="hiddenSize">H, the size of a state.</param>
        /// <param name="numLayers">L, the layers on top of each other.</param>
        /// <param name="nonLinearity">The activation.</param>
        /// <param name="bias">Whether the layers have their two biases.</param>
        /// <param name="batchFirst">Whether input and output are (B, T, …) instead of (T, B, …); states are (L·D, B, H) in any case.</param>
        /// <param name="dropout">The probability of dropping an output between two layers in training.</param>
        /// <param name="bidirectional">Whether every layer also runs from the last step to the first.</param>
        /// <param name="device">Without effect: there is one device.</param>
        /// <param name="dtype">The parameters' element type; null means <see cref="get_default_dtype"/>.</param>
        public static RNN RNN(
            long inputSize, long hiddenSize, long numLayers = 1, NonLinearities nonLinearity = NonLinearities.Tanh,
            bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false,
            Device? device = null, ScalarType? dtype = null) =>
            new(new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, dtype), nonLinearity);

        /// <summary>Layers of long short-term memory; all parameters are uniform in ±1/√hiddenSize.</summary>
        /// <param name="inputSize">I, the features of one step.</param>
        /// <param name="hiddenSize">H, the size of a state.</param>
        /// <param name="numLayers">L, the layers on top of each other.</param>
        /// <param name="bias">Whether the layers have their two biases.</param>
        /// <param name="batchFirst">Whether input and output are (B, T, …) instead of (T, B, …); states are (L·D, B, H) in any case.</param>
        /// <param name="dropout">The probability of dropping an output between two layers in training.</param>
        /// <param name="bidirectional">Whether every layer also runs from the last step to the first.</param>
        /// <param name="device">Without effect: there is one device.</param>
        /// <param name="dtype">The parameters' element type; null means <see cref="get_default_dtype"/>.</param>
        public static LSTM LSTM(
            long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false,
            double dropout = 0.0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
            new(new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, dtype));

        /// <summary>Layers of gated recurrent units; all parameters are uniform in ±1/√hiddenSize.</summary>
        /// <inheritdoc cref="LSTM(long, long, long, bool, bool, double, bool, Device, ScalarType?)"/>
        public static GRU GRU(
            long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false,
            double dropout = 0.0, bool bidirectional = false, Device device = null!, ScalarType? dtype = null) =>
            new(new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, dtype));
    }
}
