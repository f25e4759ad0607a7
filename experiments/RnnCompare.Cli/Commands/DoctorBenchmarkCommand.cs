using System.CommandLine;
using RnnCompare.Cli.Display;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Check;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Cli.Commands;

/// <summary><c>rnncompare doctor-benchmark</c>.</summary>
internal sealed class DoctorBenchmarkCommand : Command
{
    private readonly Option<int> _cases = new("--cases") { Description = "Programs with one mistake; a tenth as many have two, two fifths as many none.", HelpName = "N", DefaultValueFactory = _ => 5000 };
    private readonly Option<int> _seed = new("--seed") { Description = "The first seed.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _output = new("--output") { Description = "The Markdown file of the results.", HelpName = "FILE", DefaultValueFactory = _ => "doctor-benchmark.md" };
    private readonly TextWriter _writer;

    private DoctorBenchmarkCommand(TextWriter writer)
        : base("doctor-benchmark", "Plants thousands of mistakes and counts how many check finds and names, beside the common rules.")
    {
        _writer = writer;
        Add(_cases);
        Add(_seed);
        Add(_output);
        SetAction(Run);
    }

    public static DoctorBenchmarkCommand Create(TextWriter writer) => new(writer);

    private int Run(ParseResult parsed)
    {
        var (cases, seed, path) = (parsed.GetValue(_cases), parsed.GetValue(_seed), parsed.GetRequiredValue(_output));
        if (cases < 1)
        {
            throw new InputException($"--cases is {cases}, but must be a whole number of at least 1.");
        }

        var progress = parsed.Progress();
        var proof = DoctorProof.Run(cases, seed, (done, all) => Show(progress, done, all), parsed.Cancellation());
        var tables = proof.Tables();
        var screen = new Screen(_writer);
        foreach (var table in tables)
        {
            screen.Show(table);
            _writer.WriteLine();
        }

        AtomicFile.WriteText(path, string.Join('\n', tables.Select(table => table.ToMarkdown())));
        _writer.WriteLine($"Results are in {path}");
        return proof.IsSound ? ExitCodes.Success : ExitCodes.Finding;
    }

    // A line at every twentieth of the way.
    private static void Show(TextWriter progress, int done, int all)
    {
        if (done * 20 / all > (done - 1) * 20 / all)
        {
            lock (progress)
            {
                progress.WriteLine($"{done} of {all} programs");
            }
        }
    }
}
