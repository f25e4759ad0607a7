using RnnCompare.Testing.Functions;
using Xunit.Sdk;
using static TorchSharp.torch;

namespace RnnCompare.Testing;

/// <summary>Assertions about the gradients of TorchSharp functions and modules, custom backward passes among them.</summary>
/// <remarks>
/// Two witnesses are asked that know nothing of the backward pass: central differences of the same function in float64, and, for a
/// function that computes in float32, its own gradients in float64. There is no tolerance to choose: what the differences cannot
/// tell, and what rounding costs, is measured on the spot; sixteen times that still agrees.
/// </remarks>
public static class TorchGradientAssert
{
    /// <summary>The methods of this class are methods of <see cref="GradientAssert"/>.</summary>
    extension(GradientAssert)
    {
        /// <summary>Demands that the gradients of a function with respect to its inputs are right.</summary>
        /// <param name="function">A function of the tensors it is given, the same at every call; it is called with float64 tensors as well.</param>
        /// <param name="inputs">Where it is checked. Whole numbers are handed on, and not differentiated.</param>
        /// <exception cref="XunitException">A gradient is wrong; the message names the input, the worst element, and both values.</exception>
        public static void Agrees(Func<IReadOnlyList<Tensor>, Tensor> function, params IReadOnlyList<Tensor> inputs)
        {
            ArgumentNullException.ThrowIfNull(function);
            Require(new FunctionSubject(function, inputs));
        }

        /// <summary>Demands that the gradients of a module with respect to its parameters and its input are right.</summary>
        /// <param name="module">The module; it computes in float64 for a while, and is left as it was.</param>
        /// <param name="input">Where it is checked. Whole numbers are handed on, and not differentiated.</param>
        /// <exception cref="XunitException">A gradient is wrong; the message names the parameter, the worst element, and both values.</exception>
        public static void Agrees(nn.Module<Tensor, Tensor> module, Tensor input)
        {
            ArgumentNullException.ThrowIfNull(module);
            ArgumentNullException.ThrowIfNull(input);
            Require(new ModuleSubject(module, input));
        }
    }

    private static void Require(ISubject subject)
    {
        var problems = FunctionCheck.Problems(subject);
        if (problems.Count > 0)
        {
            throw new XunitException(string.Join(Environment.NewLine, problems));
        }
    }
}
