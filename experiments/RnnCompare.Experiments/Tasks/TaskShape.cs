using RnnCompare.Models;

namespace RnnCompare.Experiments.Tasks;

/// <summary>What a task asks of a network.</summary>
/// <param name="InputSize">I.</param>
/// <param name="OutputSize">O.</param>
/// <param name="Outputs">Which steps have an output.</param>
/// <param name="Loss">What is minimised.</param>
public sealed record TaskShape(int InputSize, int OutputSize, OutputMode Outputs, LossKind Loss);
