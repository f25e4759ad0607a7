namespace RnnCompare.Experiments.Results.Seeds;

/// <summary>What one engine came to from one seed.</summary>
/// <param name="Engine">The engine as tables name it.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Measure">What was measured: <c>test accuracy</c>.</param>
/// <param name="Value">The value.</param>
public sealed record SeedValue(string Engine, int Seed, string Measure, double Value);
