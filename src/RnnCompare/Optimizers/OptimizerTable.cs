namespace RnnCompare.Optimizers;

/// <summary>The optimizers that there are. A new one is a file beside this one, a row here, and a row of TorchSharp's optimizers.</summary>
public static class OptimizerTable
{
    /// <summary>Every optimizer with its own constants, in the order of help texts.</summary>
    public static IReadOnlyList<OptimizerSpec> All { get; } = [new SgdSpec(), new AdagradSpec(), new RmsPropSpec(), new AdamSpec(), new AdamWSpec()];

    /// <summary>The optimizer of a name such as <c>adagrad</c>, with its own constants.</summary>
    /// <exception cref="ArgumentException">There is no such optimizer; the message lists those that exist.</exception>
    public static OptimizerSpec Named(string name)
    {
        return All.FirstOrDefault(spec => spec.Name == name)
            ?? throw new ArgumentException($"Unknown optimizer '{name}'; known: {string.Join(", ", All.Select(spec => spec.Name))}.", nameof(name));
    }
}
