namespace RnnCompare.Checking.Faults;

/// <summary>The statements of a forward and backward pass that a mistake can replace; two mistakes that replace the same one have no single meaning together.</summary>
[Flags]
internal enum Statement : long
{
    None = 0,

    // How the program reads what it is given.
    ReadGateOrder = 1L << 0,
    ReadWhh = 1L << 1,
    ReadState = 1L << 2,
    ReadLengths = 1L << 3,

    // Forward.
    ForwardHiddenBias = 1L << 4,
    ForwardOutputBias = 1L << 5,
    ForwardActivation = 1L << 6,
    ForwardReset = 1L << 7,
    ForwardUpdate = 1L << 8,
    Softmax = 1L << 9,
    LossSum = 1L << 10,
    LossScale = 1L << 11,

    // From the loss to dy.
    Targets = 1L << 12,
    OutputError = 1L << 13,
    OutputSteps = 1L << 14,

    // The loop back through time.
    Carry = 1L << 15,
    CellCarry = 1L << 16,
    Loop = 1L << 17,
    CarryProduct = 1L << 18,
    CarrySource = 1L << 19,
    Derivative = 1L << 20,
    CellTanh = 1L << 21,
    BackwardReset = 1L << 22,
    BackwardUpdate = 1L << 23,
    ResetPath = 1L << 24,
    DirectPath = 1L << 25,

    // The sums over steps and sequences.
    SummedSteps = 1L << 26,
    HiddenOperand = 1L << 27,
    InputOperand = 1L << 28,
    InputDelta = 1L << 29,
    HiddenDelta = 1L << 30,
    HiddenBias = 1L << 31,
    CandidateBias = 1L << 32,
    OutputBias = 1L << 33,
    GateDelta = 1L << 34,

    // Finished gradients.
    GradientScale = 1L << 35,
    Sign = 1L << 36,
    HiddenElement = 1L << 37,
    OutputElement = 1L << 38,
    GradientOrder = 1L << 39,
    GradientLayout = 1L << 40,
    Clipping = 1L << 41,

    AnyOfLoop = Carry | CellCarry | Loop | CarryProduct | CarrySource | Derivative | CellTanh | BackwardReset | BackwardUpdate | ResetPath | DirectPath,
}
