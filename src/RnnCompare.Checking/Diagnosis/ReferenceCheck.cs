namespace RnnCompare.Checking.Diagnosis;

/// <summary>How far the references agree among themselves.</summary>
/// <param name="Agrees">Whether they do.</param>
/// <param name="Lines">One line per comparison: what with what, and how far apart.</param>
public sealed record ReferenceCheck(bool Agrees, IReadOnlyList<string> Lines);
