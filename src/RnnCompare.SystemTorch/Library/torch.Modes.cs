using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Stops recording on this thread until the result is disposed.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => NativeMethods.grad_mode_get() != 0;

    private sealed class GradMode : IDisposable
    {
        private readonly int previous = NativeMethods.grad_mode_get();

        public GradMode(bool enabled) => NativeMethods.grad_mode_set(enabled ? 1 : 0);

        public void Dispose() => NativeMethods.grad_mode_set(previous);
    }

    public static partial class autograd
    {
        /// <summary>
        /// Gradients of the outputs by each input. Where an input is not used, it fails, or with <paramref name="allow_unused"/>
        /// gives a tensor with <see cref="Tensor.IsInvalid"/>.
        /// </summary>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor> grad_outputs = null!,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false) =>
            Differentiation.Gradients(outputs, inputs, grad_outputs, retain_graph, create_graph, allow_unused);
    }
}
