namespace RnnCompare.Checking.Replay;

/// <summary>The activations that a plain cell may have, or be mistaken to have.</summary>
internal enum Activation
{
    Tanh,
    Relu,
    Sigmoid,
}
