using System.Diagnostics;

namespace RnnCompare.Experiments.Speed;

/// <summary>Rounds in which steps take turns, so that all of them meet the same machine.</summary>
internal static class Rounds
{
    private const int Least = 7;

    /// <summary>Measures round after round; each begins with another step.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="duration">How long the rounds last at least.</param>
    /// <param name="endOfRound">Called after each round.</param>
    /// <param name="cancellation">Ends the measurement.</param>
    /// <returns>The seconds of each step in every round; null where it was cancelled.</returns>
    public static IReadOnlyList<double>[]? Measure(IReadOnlyList<ITimedStep> steps, TimeSpan duration, Action endOfRound, CancellationToken cancellation)
    {
        var seconds = steps.Select(_ => new List<double>()).ToArray();
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < Least || Stopwatch.GetElapsedTime(start) < duration; round++)
        {
            if (cancellation.IsCancellationRequested)
            {
                return null;
            }

            for (var i = 0; i < steps.Count; i++)
            {
                var turn = (round + i) % steps.Count;
                seconds[turn].Add(steps[turn].SecondsOfStep());
            }

            endOfRound();
        }

        return seconds;
    }

    /// <summary>The time of one step over that of another, round by round.</summary>
    public static Quartiles Ratio(IReadOnlyList<double> seconds, IReadOnlyList<double> others) => Quartiles.Of(seconds.Zip(others, (own, other) => own / other));
}
