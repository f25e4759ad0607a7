namespace RnnCompare.Optimizers;

/// <summary>How an engine turns gradients into updates; the same for every engine.</summary>
public sealed record TrainingOptions
{
    /// <summary>The optimizer.</summary>
    /// <exception cref="ArgumentException">Its constants do not fit each other.</exception>
    public OptimizerSpec Optimizer
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Require();
            field = value;
        }
    } = new SgdSpec();

    /// <summary>What happens to the gradients before the update.</summary>
    public Clipping Clipping { get; init; } = Clipping.None;
}
