namespace RnnCompare.Checking.Diagnosis;

/// <summary>A mistake that the arrays given cannot reveal.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Reason">Why they cannot.</param>
/// <param name="Variants">The parameters for which they cannot; empty where it has none, or where none of them shows.</param>
public sealed record BlindSpot(string Id, string Reason, IReadOnlyList<string> Variants);
