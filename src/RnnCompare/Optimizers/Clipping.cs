namespace RnnCompare.Optimizers;

/// <summary>What happens to gradients before an update, with the semantics of torch.nn.utils.</summary>
public abstract record Clipping
{
    /// <summary>Gradients stay as they are.</summary>
    public static Clipping None { get; } = new Unclipped();

    /// <summary>Every element is clamped to ±<paramref name="Limit"/>.</summary>
    /// <param name="Limit">The largest magnitude that stays; not negative.</param>
    public sealed record ByValue(double Limit) : Clipping
    {
        /// <summary>The largest magnitude that stays.</summary>
        /// <exception cref="ArgumentOutOfRangeException">Negative or NaN.</exception>
        public double Limit { get; } = ArgumentChecks.NotNegative(Limit, nameof(Limit));
    }

    /// <summary>All gradients together are scaled by Limit / (norm + 1e-6) where that is below 1; norm is their global 2-norm.</summary>
    /// <param name="Limit">The largest norm that stays; not negative.</param>
    public sealed record ByNorm(double Limit) : Clipping
    {
        /// <summary>The largest norm that stays.</summary>
        /// <exception cref="ArgumentOutOfRangeException">Negative or NaN.</exception>
        public double Limit { get; } = ArgumentChecks.NotNegative(Limit, nameof(Limit));
    }

    private sealed record Unclipped : Clipping;
}
