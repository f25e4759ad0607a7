using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimizer keeps of one parameter between steps.</summary>
internal sealed class ParameterState(Parameter parameter) : IDisposable
{
    private readonly Dictionary<string, Tensor> slots = [];

    /// <summary>Counts the updates, the current one included.</summary>
    public long Step { get; set; }

    public bool Has(string name) => slots.ContainsKey(name);

    /// <summary>A tensor of the parameter's shape that lives as long as the optimizer, at first filled with a value.</summary>
    public Tensor Slot(string name, double initial = 0)
    {
        if (!slots.TryGetValue(name, out Tensor? slot))
        {
            slot = Aten.full_like.Call(parameter, initial, default, default, default, default, default).DetachFromDisposeScope();
            slots.Add(name, slot);
        }

        return slot;
    }

    public void Dispose()
    {
        foreach (Tensor slot in slots.Values) slot.Dispose();
    }
}
