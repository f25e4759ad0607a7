using System.Diagnostics;

namespace RnnCompare.Experiments.Results;

/// <summary>Says when the next checkpoint is due.</summary>
/// <param name="everySteps">Steps between two; 0 for the time that passes.</param>
internal sealed class CheckpointClock(int everySteps)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    private long _last = Stopwatch.GetTimestamp();

    /// <summary>Whether one is due after a step; then the next is counted from it.</summary>
    public bool IsDue(int step)
    {
        if (everySteps > 0 ? step % everySteps != 0 : Stopwatch.GetElapsedTime(_last) < Between)
        {
            return false;
        }

        _last = Stopwatch.GetTimestamp();
        return true;
    }
}
