namespace RnnCompare.Experiments.Tasks;

/// <summary>What is averaged over all outputs that count.</summary>
public enum MetricKind
{
    /// <summary>1 where the largest output is the target's, otherwise 0.</summary>
    Accuracy,

    /// <summary>−log of the target's probability, in nats.</summary>
    CrossEntropy,

    /// <summary>Σ(y − t)² over the output axis.</summary>
    SquaredError,
}
