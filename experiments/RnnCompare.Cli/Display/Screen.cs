using RnnCompare.Experiments;
using RnnCompare.Experiments.Examples;
using RnnCompare.Experiments.Results;
using RnnCompare.Experiments.Training;
using Spectre.Console;

namespace RnnCompare.Cli.Display;

/// <summary>Shows progress and tables: live on a terminal, in plain lines elsewhere.</summary>
internal sealed class Screen
{
    private const int PlainWidth = 160;

    private readonly IAnsiConsole _console;
    private readonly bool _live;

    public Screen(TextWriter output)
    {
        _live = output == Console.Out && !Console.IsOutputRedirected;
        _console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = _live ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = _live ? InteractionSupport.Detect : InteractionSupport.No,
        });
        _live &= _console.Profile.Capabilities.Ansi;
        if (!_live)
        {
            _console.Profile.Width = PlainWidth;
        }
    }

    /// <summary>The columns that a line has.</summary>
    public int Width => _console.Profile.Width;

    /// <summary>Runs an experiment and shows how it goes.</summary>
    public RunResult Watch(ExperimentConfig config, Func<IRunObserver, RunResult> run)
    {
        _console.WriteLine($"{config.Name}: {config.Engines.Replace(",", ", ", StringComparison.Ordinal)}; task {config.Task}, {config.Cells} of {config.HiddenSize} units, {config.Steps} steps.");
        _console.WriteLine("Ctrl-C ends it early and keeps what was measured.");
        return _live ? new LiveDisplay(_console, config).Watch(run) : run(new LineDisplay(_console));
    }

    /// <summary>Shows all tables of a run.</summary>
    public void Show(RunResult result, RunFolder folder)
    {
        Show(result.End.Sentence, RunReport.Tables(result), folder);
        if (result.Contenders.Where(contender => contender.Weights is not null).ToArray() is { Length: > 0 } trained)
        {
            _console.WriteLine($"The trained weights are there in {string.Join(", ", trained.Select(contender => RunFolder.WeightsFile(result, contender)))}");
        }
    }

    /// <summary>Shows all tables of a worked example.</summary>
    public void Show(ExampleResult result, RunFolder folder) => Show($"{result.Config.Name}: {result.Sentence}", result.Tables, folder);

    /// <summary>Shows a line.</summary>
    public void ShowLine(string line) => _console.WriteLine(line);

    /// <summary>Shows a table.</summary>
    public void Show(ReportTable table)
    {
        _console.Write(new Text(table.Title + "\n", new Style(decoration: Decoration.Bold)));
        var view = new Table { Border = _live ? TableBorder.Simple : TableBorder.Markdown };
        foreach (var header in table.Headers)
        {
            var column = new TableColumn(new Text(header));
            view.AddColumn(header == table.Headers[0] || table.IsText ? column : column.RightAligned());
        }

        foreach (var row in table.Rows)
        {
            view.AddRow(row.Select(cell => new Text(cell)));
        }

        _console.Write(view);
        foreach (var note in table.Notes)
        {
            _console.Write(new Text(note + "\n"));
        }
    }

    private void Show(string sentence, IEnumerable<ReportTable> tables, RunFolder folder)
    {
        _console.WriteLine(sentence);
        foreach (var table in tables)
        {
            _console.WriteLine();
            Show(table);
        }

        _console.WriteLine();
        _console.WriteLine($"Results are in {folder.Path}");
    }
}
