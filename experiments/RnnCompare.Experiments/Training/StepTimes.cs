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

    /// <summary>Seconds of all steps, those that do not count included.</summary>
    public double Total { get; private set; }

    /// <summary>Runs a step and takes its time.</summary>
    /// <param name="step">The step.</param>
    /// <param name="apart">The time in it that is not part of the step; null for none.</param>
    public TResult Measure<TResult>(Func<TResult> step, Func<TResult, TimeSpan>? apart = null)
    {
        ArgumentNullException.ThrowIfNull(step);
        var start = Stopwatch.GetTimestamp();
        var result = step();
        var seconds = (Stopwatch.GetElapsedTime(start) - (apart?.Invoke(result) ?? TimeSpan.Zero)).TotalSeconds;
        Total += seconds;
        if (_steps++ >= warmUp)
        {
            _seconds.Add(seconds);
        }

        return result;
    }

    /// <summary>Goes on where another process was; its first steps warm up again.</summary>
    internal void Restore(IEnumerable<double> seconds, double total)
    {
        _seconds.AddRange(seconds);
        Total = total;
    }
}
