namespace RnnCompare.Experiments.Tasks;

/// <summary>What is reached without learning from sequences.</summary>
/// <param name="Name">How: <c>naive forecast (this year as the last)</c>.</param>
/// <param name="Score">The task's metric on its test part.</param>
public sealed record Baseline(string Name, double Score);
