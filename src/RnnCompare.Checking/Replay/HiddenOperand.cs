namespace RnnCompare.Checking.Replay;

/// <summary>The state that dWhh multiplies dz with.</summary>
internal enum HiddenOperand
{
    /// <summary>h_{t−1}.</summary>
    Previous,

    /// <summary>h_t.</summary>
    SameStep,

    /// <summary>h_{t−1}, and the last step's state at the first.</summary>
    WrapsAround,

    /// <summary>h_{t−1}, and zeros at the first.</summary>
    InitialIgnored,
}
