namespace RnnCompare.Experiments.Flow;

/// <summary>A layer in one direction.</summary>
/// <param name="Layer">From 0 upwards.</param>
/// <param name="Reverse">Whether it reads from the end.</param>
public readonly record struct LayerPlace(int Layer, bool Reverse)
{
    /// <summary>The direction in tables and files.</summary>
    public string Direction => Reverse ? "reverse" : "forward";

    /// <inheritdoc/>
    public override string ToString() => $"layer {Layer}{(Reverse ? " reverse" : "")}";
}
