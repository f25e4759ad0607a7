
namespace RnnCompare.Experiments.Speed;

/// <summary>How fast an engine makes the step of a case.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Threads">The thread count that it is fastest with.</param>
/// <param name="Seconds">Seconds of a step.</param>
/// <param name="Ratio">Its time over the first engine's, round by round.</param>
public sealed record EngineSpeed(string Engine, int Threads, Quartiles Seconds, Quartiles Ratio)
{
    /// <summary>Seconds of a step in every round.</summary>
    public IReadOnlyList<double> Rounds { get; init; } = [];
}
