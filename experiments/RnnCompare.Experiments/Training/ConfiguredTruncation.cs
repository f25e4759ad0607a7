using RnnCompare.Truncation;

namespace RnnCompare.Experiments.Training;

/// <summary>How far back the training of a config goes.</summary>
internal static class ConfiguredTruncation
{
    /// <summary>The truncation of a config; null for full backpropagation through time.</summary>
    /// <exception cref="InputException">The values do not fit each other.</exception>
    public static TruncationSpec? Of(ExperimentConfig config)
    {
        var (between, back) = (config.TruncationSteps, config.TruncationWindow);
        if (back > 0 && back < between)
        {
            throw new InputException($"truncationWindow is {back}, but must be at least truncationSteps, which is {between}, or 0.");
        }

        if (back > 0 && between == 0)
        {
            throw new InputException($"truncationWindow is {back}, but truncationSteps is 0, so that nothing is truncated.");
        }

        if (between > 0 && config.Bidirectional)
        {
            throw new InputException($"truncationSteps is {between}, but bidirectional is true: a network that also reads from the end cannot be cut in time.");
        }

        return between == 0 ? null : new(between, back == 0 ? between : back);
    }
}
