namespace RnnCompare.Prototypes.Reading;

/// <summary>How the arrays of a prototype were read, and what speaks for it.</summary>
/// <param name="Found">The reading in a few words.</param>
/// <param name="Evidence">What the prototype itself says of it.</param>
/// <param name="Others">The readings that were tried beside it, nearest first.</param>
public sealed record ReadingReport(string Found, string Evidence, IReadOnlyList<RejectedReading> Others);

/// <summary>A reading that another was preferred to.</summary>
/// <param name="Differs">What it takes otherwise.</param>
/// <param name="Distance">How far off its forward pass is, relatively.</param>
/// <param name="LossDistance">How far off its loss is, relatively; null where there is none to compare.</param>
/// <param name="WrongGradients">The gradients that do not fit it.</param>
public sealed record RejectedReading(string Differs, double Distance, double? LossDistance, int? WrongGradients);
