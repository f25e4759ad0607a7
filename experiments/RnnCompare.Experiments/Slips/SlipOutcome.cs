namespace RnnCompare.Experiments.Slips;

/// <summary>What a check says of a program with slips, or with none.</summary>
/// <param name="Case">The slips in words, and the seed of the program's numbers.</param>
/// <param name="Cell">The cell, with layers and directions.</param>
/// <param name="Kinds">The kinds of its slips.</param>
/// <param name="Detected">Whether something was found wrong.</param>
/// <param name="Explained">Whether a mistake is named whose replay meets every array.</param>
/// <param name="Answer">What is named.</param>
public sealed record SlipOutcome(string Case, string Cell, IReadOnlyList<string> Kinds, bool Detected, bool Explained, string Answer);
