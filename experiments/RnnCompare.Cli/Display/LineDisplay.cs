using RnnCompare.Experiments;
using RnnCompare.Experiments.Training;
using Spectre.Console;

namespace RnnCompare.Cli.Display;

/// <summary>Progress where nobody can redraw: a line at every evaluation.</summary>
internal sealed class LineDisplay(IAnsiConsole console) : IRunObserver
{
    /// <inheritdoc/>
    public void Entered(string what) => console.WriteLine($"{what} …");

    /// <inheritdoc/>
    public void Advanced(RunProgress progress)
    {
    }

    /// <inheritdoc/>
    public void Evaluated(RunProgress progress)
    {
        var engines = progress.Contenders.Select(contender => $"{contender.Name} loss {Figures.Value(contender.Point.SmoothedLoss)}, {Figures.Value(contender.StepsPerSecond)} steps/s");
        console.WriteLine($"step {progress.Step} of {progress.Steps}: {string.Join("; ", engines)}; {Clock.Of(progress.Left)} left");
    }
}
