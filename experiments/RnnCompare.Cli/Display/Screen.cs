using RnnCompare.Experiments;
using RnnCompare.Experiments.Examples;
using RnnCompare.Experiments.Results;
using RnnCompare.Experiments.Training;
using Spectre.Console;

namespace RnnCompare.Cli.Display;

/// <summary>Shows progress and tables: live on a terminal, in plain lines elsewhere.</summary>
internal sealed class Screen
{
    private readonly IAnsiConsole _console;
    private readonly bool _live;

    public Screen(TextWriter output)
    {
        var terminal = new TerminalOutput(output);
        _console = AnsiConsole.Create(new()
        {
            Out = terminal,
            Ansi = terminal.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = terminal.IsTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        _live = terminal.IsTerminal && _console.Profile.Capabilities.Ansi;
    }

    /// <summary>The columns that a line has.</summary>
    public int Width => _console.Profile.Width;

    /// <summary>Runs an experiment and shows how it goes.</summary>
    public RunResult Watch(ExperimentConfig config, Func<IRunObserver, RunResult> run)
    {
        string[] heading =
        [
            $"{config.Name}: {string.Join(", ", config.EngineList)}; task {config.Task}, {config.Cells} of {config.HiddenSize} units, {config.Steps} steps.",
            "Ctrl-C ends it early and keeps what was measured.",
        ];
        foreach (var line in heading)
        {
            _console.WriteLine(line);
        }

        return _live ? new LiveDisplay(_console, config, heading).Watch(run) : run(new LineDisplay(_console));
    }

    /// <summary>Shows all tables of a run.</summary>
    public void Show(RunResult result) => Show(result.End.Sentence, RunReport.Tables(result));

    /// <summary>Shows all tables of a worked example.</summary>
    public void Show(ExampleResult result) => Show($"{result.Config.Name}: {result.Sentence}", result.Tables);

    /// <summary>Shows a line.</summary>
    public void ShowLine(string line) => _console.WriteLine(line);

    /// <summary>Shows a table.</summary>
    public void Show(ReportTable table)
    {
        foreach (var part in TableParts.Of(table, _console.Profile.Width))
        {
            _console.Write(new Text(part.Title + "\n", new Style(decoration: Decoration.Bold)));
            _console.Write(Drawn(part));
            foreach (var note in part.Notes)
            {
                _console.Write(new Text(note + "\n"));
            }
        }
    }

    private Table Drawn(ReportTable table)
    {
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

        return view;
    }

    private void Show(string sentence, IEnumerable<ReportTable> tables)
    {
        _console.WriteLine(sentence);
        foreach (var table in tables)
        {
            _console.WriteLine();
            Show(table);
        }

        _console.WriteLine();
    }
}
