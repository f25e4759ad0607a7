using System.CommandLine;
using System.Globalization;
using RnnCompare.Cells;
using RnnCompare.Cli.Display;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Results;
using RnnCompare.Experiments.Speed;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Cli.Commands;

/// <summary><c>rnncompare speed</c>.</summary>
internal sealed class SpeedCommand : Command, IExplainedCommand
{
    private readonly Option<string> _cells = new("--cells") { Description = "The cells, separated by commas.", HelpName = "LIST", DefaultValueFactory = _ => "tanh,lstm,gru" };
    private readonly Option<string> _engines = new("--engines") { Description = "The engines, separated by commas.", HelpName = "LIST", DefaultValueFactory = _ => new ExperimentConfig().Engines };
    private readonly Option<string?> _points = new("--points") { Description = "Which rows of the grid, from 1, separated by commas.", HelpName = "LIST" };
    private readonly Option<double> _seconds = new("--seconds") { Description = "How long a row is measured at least.", HelpName = "N", DefaultValueFactory = _ => 3 };
    private readonly Option<string?> _numpy = new("--numpy") { Description = "A Python 3 with NumPy, whose vectorised prototype is timed too.", HelpName = "PYTHON" };
    private readonly Option<bool> _doubled = new("--doubled") { Description = "Whether the time is linear in T and B: manual with either doubled, in place of the engines." };
    private readonly Option<string?> _output = new("--output") { Description = "The file that the measurement is kept in, for a later --against.", HelpName = "FILE" };
    private readonly Option<string?> _against = new("--against") { Description = "An earlier --output of this machine that times are compared with.", HelpName = "FILE" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the tables as one JSON object." };
    private readonly TextWriter _writer;

    private SpeedCommand(TextWriter writer)
        : base("speed", "Times whole training steps of the engines over a grid of sizes, beside the machine's limit.")
    {
        _writer = writer;
    }

    /// <inheritdoc/>
    public string Explanation
    {
        get
        {
            var rows = SpeedGrid.Of(RnnCell.Tanh).Select((row, i) => string.Create(CultureInfo.InvariantCulture, $"  {i + 1}  {row.Sizes}"));
            return $"""
                Examples:
                  rnncompare speed                                 the whole grid: some ten minutes
                  rnncompare speed --cells tanh --points 1,2,3     the sizes of prototypes
                  rnncompare speed --numpy python3                 a NumPy prototype beside the engines
                  rnncompare speed --doubled                       how the time grows with T and B
                  rnncompare speed --output before.json            keeps the times, and after a change
                  rnncompare speed --against before.json           says what became faster or slower

                Rows of the grid, (T, B, I, H, O):
                {string.Join('\n', rows)}
                """;
        }
    }

    public static SpeedCommand Create(TextWriter writer)
    {
        var command = new SpeedCommand(writer);
        foreach (var option in new Option[] { command._cells, command._engines, command._points, command._seconds, command._numpy, command._doubled, command._output, command._against, command._json })
        {
            command.Add(option);
        }

        command.SetAction(command.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var options = SpeedOptions.Parse(parsed.GetValue(_cells)!, parsed.GetValue(_engines)!, parsed.GetValue(_points), parsed.GetValue(_seconds), parsed.GetValue(_numpy));
        var environment = RunEnvironment.Current(withTorch: true);
        var earlier = parsed.GetValue(_against) is { } path ? SpeedFile.Read(path, environment) : null;
        if (parsed.GetValue(_doubled) && (earlier is not null || parsed.GetValue(_output) is not null))
        {
            throw new InputException("--doubled compares manual with itself; it has no --output and no --against.");
        }

        if (parsed.GetValue(_output) is { } kept)
        {
            OutputPlace.RequireFile(kept);
        }

        var cancellation = parsed.Cancellation();
        var progress = new Screen(parsed.Progress());
        var tables = new List<ReportTable>();
        Show(EnvironmentTable.Of(environment));
        Show(SpeedTables.Limits([.. SpeedMeasurement.ThreadCounts.Select(MachineLimit.Measure)]));
        if (parsed.GetValue(_doubled))
        {
            Show(SpeedTables.Doubled(DoublingMeasurement.Run(options, ShowDone, cancellation)));
        }
        else
        {
            var results = SpeedMeasurement.Run(options, result => ShowDone(result.Case), cancellation);
            SpeedTables.Of(results).ToList().ForEach(Show);
            if (earlier?.Compare(results) is { Count: > 0 } comparisons)
            {
                Show(SpeedTables.Against(comparisons));
            }

            if (parsed.GetValue(_output) is { } output)
            {
                Keep(output, SpeedFile.Write(environment, results));
            }
        }

        if (parsed.GetValue(_json))
        {
            _writer.Write(TablesJson.Write(tables));
        }

        return ExitCodes.Success;

        // At once for people; for programs all in the end.
        void Show(ReportTable table)
        {
            tables.Add(table);
            if (!parsed.GetValue(_json))
            {
                new Screen(_writer).Show(table);
            }
        }

        void ShowDone(SpeedCase measured) => progress.ShowLine($"{measured.Cell.Name} {measured.Sizes} done");
    }

    private static void Keep(string path, string text)
    {
        try
        {
            AtomicFile.WriteText(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--output {path}: the file cannot be written ({e.Message}).", e);
        }
    }
}
