namespace RnnCompare.Checking.Replay;

/// <summary>The formula of dy, before the reduction's factor.</summary>
internal enum OutputErrorFormula
{
    /// <summary>softmax(y) − onehot, or y − t.</summary>
    Right,

    /// <summary>−1/p at the target, 0 elsewhere.</summary>
    TargetOnly,

    /// <summary>p, the target not subtracted.</summary>
    ProbabilityOnly,

    /// <summary>Softmax normalised over the whole batch, less onehot.</summary>
    SoftmaxOverBatch,

    /// <summary>The other loss's error: y − onehot for cross-entropy, softmax(y) − t for squared error.</summary>
    OtherLoss,
}
