
namespace RnnCompare.Experiments.Speed;

/// <summary>How the time of a training step grows with T and with B; linear growth is 2.</summary>
/// <param name="Case">The case.</param>
/// <param name="Threads">The threads that all three sizes were measured with.</param>
/// <param name="Seconds">Seconds of a step.</param>
/// <param name="TwiceTheSteps">The time with 2·T over the time with T, round by round.</param>
/// <param name="TwiceTheBatch">The time with 2·B over the time with B, round by round.</param>
public sealed record DoublingResult(SpeedCase Case, int Threads, Quartiles Seconds, Quartiles TwiceTheSteps, Quartiles TwiceTheBatch);
