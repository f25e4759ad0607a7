namespace RnnCompare.Checking.Replay;

/// <summary>The statements that add the gradients of weights over steps and sequences.</summary>
internal sealed record SumVariant
{
    /// <summary>The steps that reach dWxh, dWhh and the hidden biases.</summary>
    public SummedSteps HiddenSteps { get; init; }

    /// <summary>The steps that reach dWhy and dby.</summary>
    public SummedSteps OutputSteps { get; init; }

    public HiddenOperand HiddenOperand { get; init; }

    /// <summary>Whether an upper layer's dWxh multiplies the network's input.</summary>
    public bool NetworkInput { get; init; }

    /// <summary>Whether dWxh takes the running sum of dz for dz.</summary>
    public bool RunningInputDelta { get; init; }

    /// <summary>Whether dWhh takes the running sum of dz for dz.</summary>
    public bool RunningHiddenDelta { get; init; }

    public BiasSum HiddenBias { get; init; } = BiasSum.Right;

    public BiasSum CandidateBias { get; init; } = BiasSum.Right;

    public BiasSum OutputBias { get; init; } = BiasSum.Right;

    /// <summary>The block of one array that another gate's delta reaches; null for none.</summary>
    public GateCopy? GateCopy { get; init; }
}
