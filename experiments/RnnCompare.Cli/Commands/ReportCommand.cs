using System.CommandLine;
using RnnCompare.Experiments.Report.Export;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.Cli.Commands;

/// <summary><c>rnncompare report</c>.</summary>
internal sealed class ReportCommand : Command, IExplainedCommand
{
    private readonly Argument<string> _folder = new("DIR") { Description = "A run's folder." };
    private readonly Option<string> _format = new("--format") { Description = $"One of {string.Join(", ", ReportExport.Formats)}.", HelpName = "FORMAT", Required = true };
    private readonly Option<string?> _output = new("--output") { Description = "The folder of the files; otherwise report-FORMAT in the run's.", HelpName = "DIR" };
    private readonly TextWriter _writer;

    private ReportCommand(TextWriter writer)
        : base("report", "Takes a run's report out of here: figures for papers, numbers, text, or TensorBoard's event files.")
    {
        _writer = writer;
        Add(_folder);
        Add(_format);
        Add(_output);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public string Explanation => """
        Examples:
          rnncompare report runs/names-1 --format svg            a picture of each chart
          rnncompare report runs/names-1 --format csv            the numbers of each chart, none left out
          rnncompare report runs/names-1 --format md             the answers in words, and all tables
          rnncompare report runs/names-1 --format tensorboard    and then: tensorboard --logdir runs/names-1/report-tensorboard

        Exit codes: 0 done; 2 there is no such run, or it cannot be written.
        """;

    public static ReportCommand Create(TextWriter writer) => new(writer);

    private int Run(ParseResult parsed)
    {
        var (folder, format) = (parsed.GetRequiredValue(_folder), parsed.GetRequiredValue(_format));
        var output = parsed.GetValue(_output) ?? Path.Combine(folder, $"report-{format}");
        foreach (var file in ReportExport.Write(RunReader.Read(folder), format, output))
        {
            _writer.WriteLine(Path.Combine(output, file));
        }

        return ExitCodes.Success;
    }
}
