namespace RnnCompare.Experiments.Tasks;

/// <summary>How well a network does on a part of a task's data.</summary>
/// <param name="Loss">The mean loss of an output that counts, whatever the reduction in training.</param>
/// <param name="Score">The task's metric.</param>
public readonly record struct PartScore(double Loss, double Score);
