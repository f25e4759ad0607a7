using static TorchSharp.torch;

namespace RnnCompare.SystemTorch.Interop;

/// <summary>Autograd's two entries, which are no operators.</summary>
internal static unsafe class Differentiation
{
    public static void Backward(
        IList<Tensor> tensors, IList<Tensor>? gradients, bool retainGraph, bool createGraph, IList<Tensor>? inputs)
    {
        using var outputs = new HeldTensors(tensors);
        using var seeds = HeldTensors.Matching(gradients, outputs.Count);
        using var leaves = new HeldTensors(inputs ?? []);
        fixed (nint* output = outputs.Pointers, seed = seeds?.Pointers, leaf = leaves.Pointers)
        {
            NativeError.ThrowIfNegative(NativeMethods.autograd_backward(
                output, seed, outputs.Count, retainGraph ? 1 : 0, createGraph ? 1 : 0, leaf, leaves.Count));
        }
    }

    public static IList<Tensor> Gradients(
        IList<Tensor> tensors, IList<Tensor> inputs, IList<Tensor>? gradients,
        bool retainGraph, bool createGraph, bool allowUnused)
    {
        using var outputs = new HeldTensors(tensors);
        using var seeds = HeldTensors.Matching(gradients, outputs.Count);
        using var variables = new HeldTensors(inputs);
        var results = new nint[variables.Count];
        fixed (nint* output = outputs.Pointers, seed = seeds?.Pointers, variable = variables.Pointers, result = results)
        {
            NativeError.ThrowIfNegative(NativeMethods.autograd_grad(
                output, seed, outputs.Count, variable, variables.Count,
                retainGraph ? 1 : 0, createGraph ? 1 : 0, allowUnused ? 1 : 0, result));
        }

        return Array.ConvertAll(results, result => new Tensor(new TensorHandle(result)));
    }
}
