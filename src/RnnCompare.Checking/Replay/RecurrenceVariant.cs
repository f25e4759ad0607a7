namespace RnnCompare.Checking.Replay;

/// <summary>The statements of the loop back through time: from dh to dz, and on to the step before.</summary>
internal sealed record RecurrenceVariant
{
    /// <summary>Which carry is added to dh_t.</summary>
    public Carry Carry { get; init; } = Carry.Right;

    /// <summary>Which carry is added to dc_t.</summary>
    public CellCarry CellCarry { get; init; }

    /// <summary>Which steps the loop visits.</summary>
    public LoopRange Range { get; init; }

    /// <summary>The gates, as bits, whose share of the carry goes through Whhᵀ in place of Whh.</summary>
    public int NotTransposedGates { get; init; }

    /// <summary>Whether the carry is taken from the adjoints before their own activation's derivative.</summary>
    public bool CarryBeforeDerivative { get; init; }

    /// <summary>The derivative of a plain cell's activation.</summary>
    public ActivationDerivative Derivative { get; init; }

    /// <summary>The gates, as bits, whose derivative is σ in place of σ(1 − σ).</summary>
    public int GatesWithValue { get; init; }

    /// <summary>The gates, as bits, whose derivative is left out.</summary>
    public int GatesWithoutDerivative { get; init; }

    /// <summary>Whether 1 − tanh²(c) is left out of dc.</summary>
    public bool CellTanhMissing { get; init; }

    /// <summary>Whether the equations of the other GRU are differentiated.</summary>
    public bool OtherReset { get; init; }

    public UpdateGate Update { get; init; }

    public ResetPath Reset { get; init; }

    /// <summary>Whether z ⊙ dh is left out of the carry.</summary>
    public bool DirectPathMissing { get; init; }
}
