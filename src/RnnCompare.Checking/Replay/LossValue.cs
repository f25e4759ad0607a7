namespace RnnCompare.Checking.Replay;

/// <summary>How the loss is put together.</summary>
internal enum LossValue
{
    Right,

    /// <summary>−log of the target probabilities' sum over the batch, added over steps.</summary>
    SummedProbability,

    /// <summary>Softmax normalised over the whole batch; the probabilities of later statements too.</summary>
    SoftmaxOverBatch,
}
