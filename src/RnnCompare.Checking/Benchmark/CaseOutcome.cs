namespace RnnCompare.Checking.Benchmark;

/// <summary>What the doctor, and common rules, say of one case.</summary>
/// <param name="Case">The case in words.</param>
/// <param name="Detected">Whether something was found wrong.</param>
/// <param name="Blind">Whether one of the planted mistakes is listed as one that the arrays given cannot reveal.</param>
/// <param name="Masked">Whether one of two planted mistakes hides the other: alone it gives the same numbers.</param>
/// <param name="Named">Whether the planted mistakes are the first that are named, or among those that cannot be told from them.</param>
/// <param name="Answer">The mistakes named.</param>
/// <param name="CommonRules">The names of the common rules that find something wrong.</param>
public sealed record CaseOutcome(string Case, bool Detected, bool Blind, bool Masked, bool Named, string Answer, IReadOnlySet<string> CommonRules);
