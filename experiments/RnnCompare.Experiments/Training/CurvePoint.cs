using RnnCompare.Experiments.Tasks;

namespace RnnCompare.Experiments.Training;

/// <summary>Where an engine stood after some training steps.</summary>
/// <param name="Step">How many steps it had made.</param>
/// <param name="Loss">The loss of the last of them, in the config's reduction.</param>
/// <param name="SmoothedLoss">The running mean of the losses.</param>
/// <param name="Scores">The watched parts; empty where nothing was evaluated.</param>
public sealed record CurvePoint(int Step, double Loss, double SmoothedLoss, IReadOnlyDictionary<DataPart, PartScore> Scores);
