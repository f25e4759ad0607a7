using System.Diagnostics;

namespace RnnCompare.Experiments.Training;

/// <summary>How long each of many equal steps took.</summary>
/// <remarks>The first ones (compilation, caches, allocation of buffers) are let pass.</remarks>
/// <param name="warmUp">How many steps do not count.</param>
public sealed class StepTimes(int warmUp)
{
    private readonly List<double> _seconds = [];
    private int _steps;

    /// <summary>Seconds of each step that counts, in order.</summary>
    public IReadOnlyList<double> Seconds => _seconds;

    /// <summary>Runs a step and takes its time.</summary>
    public TResult Measure<TResult>(Func<TResult> step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var start = Stopwatch.GetTimestamp();
        var result = step();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (_steps++ >= warmUp)
        {
            _seconds.Add(seconds);
        }

        return result;
    }
}
