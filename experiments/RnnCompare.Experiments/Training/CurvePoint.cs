using RnnCompare.Experiments.Tasks;

namespace RnnCompare.Experiments.Training;

/// <summary>Where an engine stood after some training steps.</summary>
/// <param name="Step">How many steps it had made.</param>
/// <param name="Loss">The loss of the last of them, in the config's reduction.</param>
/// <param name="SmoothedLoss">The running mean of the losses.</param>
/// <param name="Scores">The watched parts; empty where nothing was evaluated.</param>
public sealed record CurvePoint(int Step, double Loss, double SmoothedLoss, IReadOnlyDictionary<DataPart, PartScore> Scores)
{
    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate { get; init; } = double.NaN;

    /// <summary>The global 2-norm of the last step's gradients before clipping.</summary>
    public double GradientNorm { get; init; } = double.NaN;

    /// <summary>The share of their elements that clipping changed, in 0..1.</summary>
    public double ClippedShare { get; init; } = double.NaN;

    /// <summary>How long the engine has trained, in seconds: all of its steps, warm-up included, and nothing else.</summary>
    public double Seconds { get; init; } = double.NaN;
}
