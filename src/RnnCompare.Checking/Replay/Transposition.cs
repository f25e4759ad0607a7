namespace RnnCompare.Checking.Replay;

/// <summary>The weight gradients that stand in the transposed layout, square matrix by square matrix.</summary>
[Flags]
internal enum Transposition
{
    None = 0,
    Wxh = 1,
    Whh = 2,
    Why = 4,
}
