namespace RnnCompare.Truncation;

/// <summary>The steps of one backward pass.</summary>
/// <param name="Start">The first step, before which nothing depends on the weights.</param>
/// <param name="FirstCounted">The first step whose loss counts.</param>
/// <param name="End">The step after the last.</param>
public readonly record struct TruncationWindow(int Start, int FirstCounted, int End);
