namespace RnnCompare.Models;

/// <summary>What is minimised.</summary>
public enum LossKind
{
    /// <summary>Softmax cross-entropy on logits against class indices, in nats.</summary>
    CrossEntropy,

    /// <summary>½·Σ(y − t)² against real values; adds over the output axis O.</summary>
    SquaredError,
}
