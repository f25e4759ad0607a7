namespace RnnCompare.Cells;

/// <summary>One of the G gates of a cell: its rows of Wxh, Whh and bh, and the activation of their sum.</summary>
/// <param name="Name">Its letter in the equations: <c>i</c>, <c>f</c>, <c>g</c>, <c>o</c>; unique in the cell.</param>
/// <param name="Activation">What its pre-activation passes through.</param>
/// <param name="HasRecurrentBias">Whether its recurrent product has a bias of its own beside bh: the GRU candidate's <c>bhn</c>.</param>
public sealed record Gate(string Name, Activation Activation, bool HasRecurrentBias = false)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What a pre-activation passes through.</summary>
public enum Activation
{
    /// <summary>tanh z.</summary>
    Tanh,

    /// <summary>max(z, 0).</summary>
    Relu,

    /// <summary>σ(z) = 1 / (1 + e⁻ᶻ).</summary>
    Sigmoid,

    /// <summary>Nothing: z itself.</summary>
    Identity,
}
