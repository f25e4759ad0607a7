using System.Globalization;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RnnCompare.Cli.Display;

/// <summary>Progress on a terminal: one picture that is drawn again and again.</summary>
/// <param name="console">The terminal.</param>
/// <param name="config">What runs.</param>
/// <param name="heading">The lines above the picture.</param>
internal sealed class LiveDisplay(IAnsiConsole console, ExperimentConfig config, IReadOnlyList<string> heading) : IRunObserver
{
    private const int BarWidth = 40;

    private Action<IRenderable> _update = _ => { };
    private int _width = console.Profile.Width;

    /// <summary>Shows the picture while something runs, and takes it away at the end.</summary>
    public RunResult Watch(Func<IRunObserver, RunResult> run)
    {
        return console.Live(Line("starting …")).AutoClear(true).Start(context =>
        {
            _update = context.UpdateTarget;
            return run(this);
        });
    }

    /// <inheritdoc/>
    public void Entered(string what) => Draw(Line($"{what} …"));

    /// <inheritdoc/>
    public void Advanced(RunProgress progress) => Draw(Picture(progress));

    /// <inheritdoc/>
    public void Evaluated(RunProgress progress) => Draw(Picture(progress));

    private void Draw(IRenderable picture)
    {
        // Lines that the terminal has wrapped again are not where the last picture was drawn: what is left of it goes with the screen.
        if (console.Profile.Width != _width)
        {
            _width = console.Profile.Width;
            console.Clear(home: true);
            foreach (var line in heading)
            {
                console.WriteLine(line);
            }
        }

        _update(picture);
    }

    // Two lines: of a picture of one, the library would go up a line too far when it draws the next.
    private static Rows Line(string text) => new(new Text(text), new Text(" "));

    private Rows Picture(RunProgress progress)
    {
        var done = (int)((long)progress.Step * BarWidth / progress.Steps);
        var bar = new string('━', done) + new string('─', BarWidth - done);
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("engine");
        foreach (var header in new[] { "loss", "smoothed loss", "steps/s" })
        {
            table.AddColumn(new TableColumn(header).RightAligned());
        }

        foreach (var contender in progress.Contenders)
        {
            table.AddRow(
                new Text(contender.Name),
                new Text(Figures.Value(contender.Point.Loss)),
                new Text(Figures.Value(contender.Point.SmoothedLoss)),
                new Text(Figures.Value(contender.StepsPerSecond)));
        }

        return new(
            new Text(string.Create(CultureInfo.InvariantCulture, $"{bar} step {progress.Step} of {config.Steps}, {Clock.Of(progress.Left)} left")),
            table);
    }
}
