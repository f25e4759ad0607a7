using RnnCompare.SystemTorch.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

        public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);

        /// <summary>Weight and bias are uniform in ±1/√inputSize, in this order of drawing.</summary>
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

        public static RNN RNN(
            long inputSize, long hiddenSize, long numLayers = 1, NonLinearities nonLinearity = NonLinearities.Tanh,
            bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false,
            Device? device = null, ScalarType? dtype = null) =>
            new(new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, dtype), nonLinearity);

        public static LSTM LSTM(
            long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false,
            double dropout = 0.0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
            new(new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, dtype));

        public static GRU GRU(
            long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false,
            double dropout = 0.0, bool bidirectional = false, Device device = null!, ScalarType? dtype = null) =>
            new(new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, dtype));
    }
}
