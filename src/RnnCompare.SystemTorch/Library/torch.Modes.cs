using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Stops recording on this thread until the result is disposed.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    /// <summary>Records, or not, on this thread until the result is disposed, which brings the mode before it back.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    /// <inheritdoc cref="enable_grad(bool)"/>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    /// <summary>Whether autograd records on this thread; true at first.</summary>
    public static bool is_grad_enabled() => NativeMethods.grad_mode_get() != 0;

    private sealed class GradMode : IDisposable
    {
        private readonly int previous = NativeMethods.grad_mode_get();

        public GradMode(bool enabled) => NativeMethods.grad_mode_set(enabled ? 1 : 0);

        public void Dispose() => NativeMethods.grad_mode_set(previous);
    }

    /// <summary>Derivatives that do not accumulate in <see cref="Tensor.grad"/>.</summary>
    public static partial class autograd
    {
        /// <summary>
        /// Gradients of the outputs, added up, by each input, in the inputs' order. Where an input is not used, it fails, or with
        /// <paramref name="allow_unused"/> gives a tensor with <see cref="Tensor.IsInvalid"/>.
        /// </summary>
        /// <param name="outputs">What is differentiated.</param>
        /// <param name="inputs">By what; each must require a gradient.</param>
        /// <param name="grad_outputs">The upstream gradient of each output, in its shape; null stands for 1 and needs outputs of one element.</param>
        /// <param name="retain_graph">Whether the record stays for another pass.</param>
        /// <param name="create_graph">Whether the pass is itself recorded, for derivatives of the gradients.</param>
        /// <param name="allow_unused">Whether outputs may be independent of an input.</param>
        /// <exception cref="ArgumentException">There are not as many <paramref name="grad_outputs"/> as outputs.</exception>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">An input is not used, shapes differ, or the record is gone.</exception>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor> grad_outputs = null!,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false) =>
            Differentiation.Gradients(outputs, inputs, grad_outputs, retain_graph, create_graph, allow_unused);
    }
}
