using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnCompare.Torch.HandWriting;

/// <summary>A computation whose backward pass was written by hand, as one differentiable operation of a TorchSharp graph.</summary>
/// <remarks>
/// TorchSharp calls a custom function's backward from native code, where an exception ends the process. Here it is kept, and
/// libtorch is handed a gradient that it refuses, so that <see cref="Tensor.backward()"/> throws; <see cref="Backward"/> throws the
/// exception itself. <see cref="autograd.grad"/> cannot report errors at all: called directly, it returns NaN in such a case;
/// <see cref="Grad"/> throws.
/// </remarks>
public static class HandWrittenFunction
{
    // What a backward pass on this thread ended with. On the CPU, libtorch differentiates on the thread that asks.
    [ThreadStatic]
    private static ExceptionDispatchInfo? failure;

    /// <summary>Runs a computation and makes its outputs part of the graph.</summary>
    /// <param name="inputs">The tensors that it depends on.</param>
    /// <param name="forward">The computation; it runs once, without gradient tracking, and may throw.</param>
    /// <returns>The outputs, differentiable where an input is.</returns>
    public static IReadOnlyList<Tensor> Apply(IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, HandWrittenPass> forward)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(forward);
        HandWrittenPass pass;
        using (no_grad())
        {
            pass = forward(inputs);
        }

        // libtorch accepts any shape as the gradient of a scalar, so scalars go in as vectors of one element.
        var vectors = inputs.Select(input => input.dim() == 0 ? input.reshape(1) : input);
        return Node.apply([.. vectors, new Call(pass, [.. inputs.Select(input => input.shape)])]);
    }

    /// <summary>Computes gradients as <see cref="Tensor.backward()"/> does; an exception of a hand-written backward pass is thrown as it was.</summary>
    /// <param name="loss">A scalar of the graph.</param>
    public static void Backward(Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        Rethrowing(() =>
        {
            loss.backward();
            return 0;
        });
    }

    /// <summary>Computes gradients as <see cref="autograd.grad"/> does; an exception of a hand-written backward pass is thrown as it was.</summary>
    /// <param name="outputs">What is differentiated.</param>
    /// <param name="inputs">With respect to what; an input that no output depends on gives an invalid tensor.</param>
    /// <param name="outputGradients">The gradients of the outputs; null for ones, where outputs are scalars.</param>
    public static IList<Tensor> Grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? outputGradients = null)
    {
        return Rethrowing(() => autograd.grad(outputs, inputs, outputGradients, allow_unused: true));
    }

    private static T Rethrowing<T>(Func<T> differentiate)
    {
        failure = null;
        try
        {
            var result = differentiate();
            failure?.Throw();
            return result;
        }
        catch (ExternalException) when (failure is not null)
        {
            failure.Throw();
            throw;
        }
        finally
        {
            failure = null;
        }
    }

    private sealed record Call(HandWrittenPass Pass, IReadOnlyList<long[]> Shapes);

    private sealed class Node : autograd.MultiTensorFunction<Node>
    {
        private const string Key = "call";

        public override string Name => nameof(HandWrittenFunction);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var call = (Call)vars[^1];
            ctx.save_data(Key, call);
            return [.. call.Pass.Outputs];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            var call = (Call)ctx.get_data(Key);
            List<Tensor?> gradients;
            try
            {
                gradients = [.. Gradients(call, grad_outputs)];
            }
            catch (Exception error)
            {
                failure ??= ExceptionDispatchInfo.Capture(error);
                gradients = [.. Refused(call.Shapes)];
            }

            // The call itself, the last argument of apply, has no gradient.
            gradients.Add(null);
            return gradients!;
        }

        private static IEnumerable<Tensor?> Gradients(Call call, List<Tensor> outputGradients)
        {
            if (is_grad_enabled())
            {
                throw new NotSupportedException("A hand-written backward pass is not a graph: it has no second derivatives (create_graph).");
            }

            var gradients = call.Pass.Backward(outputGradients);
            if (gradients.Count != call.Shapes.Count)
            {
                throw new InvalidOperationException($"The hand-written backward pass returned {gradients.Count} gradients, expected {call.Shapes.Count}, one for each input.");
            }

            for (var i = 0; i < gradients.Count; i++)
            {
                if (gradients[i] is { } gradient && !gradient.shape.SequenceEqual(call.Shapes[i]))
                {
                    throw new InvalidOperationException($"The hand-written backward pass returned a gradient of shape {Text(gradient.shape)} for input {i}, expected {Text(call.Shapes[i])}.");
                }
            }

            return gradients.Select(gradient => gradient is null ? null : gradient.dim() == 0 ? gradient.reshape(1) : gradient);
        }

        // A scalar is not a gradient of an input with axes, and libtorch says so. Where nobody would hear it, NaN.
        private static IEnumerable<Tensor> Refused(IReadOnlyList<long[]> shapes)
        {
            var isHeard = !new StackTrace().GetFrames().Any(frame => frame.GetMethod() is { Name: nameof(autograd.grad) } method && method.DeclaringType == typeof(autograd));
            return shapes.Select(shape => isHeard ? tensor(double.NaN) : full(shape.Length == 0 ? [1] : shape, double.NaN));
        }

        private static string Text(long[] shape) => $"({string.Join(", ", shape)})";
    }
}
