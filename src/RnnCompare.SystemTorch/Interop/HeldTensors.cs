using static TorchSharp.torch;

namespace RnnCompare.SystemTorch.Interop;

/// <summary>Native pointers of some tensors, which stay alive until this is disposed.</summary>
internal sealed class HeldTensors : IDisposable
{
    private readonly TensorHandle[] handles;

    public HeldTensors(IList<Tensor> tensors)
    {
        handles = [.. tensors.Select(tensor => tensor.Native)];
        Pointers = Array.ConvertAll(handles, handle => handle.Hold());
    }

    public nint[] Pointers { get; }

    public int Count => handles.Length;

    /// <summary>Holds one gradient per output, or nothing where the caller gave none.</summary>
    public static HeldTensors? Matching(IList<Tensor>? gradients, int outputs)
    {
        if (gradients is null) return null;
        if (gradients.Count != outputs)
            throw new ArgumentException($"{gradients.Count} gradients were given for {outputs} outputs: one each is needed.", nameof(gradients));
        return new HeldTensors(gradients);
    }

    public void Dispose()
    {
        foreach (TensorHandle handle in handles) handle.DangerousRelease();
    }
}
