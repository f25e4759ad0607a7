using System.CommandLine;
using RnnCompare.Cli.Display;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Check;
using RnnCompare.Experiments.Results;
using RnnCompare.Prototypes.Files;
using RnnCompare.Experiments.Slips;

namespace RnnCompare.Cli.Commands;

/// <summary><c>rnncompare doctor-benchmark</c>.</summary>
internal sealed class DoctorBenchmarkCommand : Command, IExplainedCommand
{
    private const string Catalogue = "catalogue", Programs = "programs", Both = "both";

    private readonly Option<int> _cases = new("--cases") { Description = "Programs with one mistake, in each half; a tenth as many have two, two fifths as many none.", HelpName = "N", DefaultValueFactory = _ => 5000 };
    private readonly Option<string> _half = new("--half") { Description = $"Which half: {Catalogue}, {Programs} or {Both}.", HelpName = "WORD", DefaultValueFactory = _ => Both };
    private readonly Option<int> _seed = new("--seed") { Description = "The first seed; the same seed gives the same cases.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _output = new("--output") { Description = "The Markdown file of the results.", HelpName = "FILE", DefaultValueFactory = _ => "doctor-benchmark.md" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the tables as one JSON object." };
    private readonly TextWriter _writer;

    private DoctorBenchmarkCommand(TextWriter writer)
        : base("doctor-benchmark", "Plants thousands of mistakes and counts how many check finds and names, beside the common rules.")
    {
        _writer = writer;
        Add(_cases);
        Add(_half);
        Add(_seed);
        Add(_output);
        Add(_json);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public string Explanation => """
        The catalogue's half plants mistakes of known names by means of the doctor's own equations. The programs' half owes
        nothing to those: plain C# programs in which one expression of the backward pass, or two, are mistyped at random.

        Examples:
          rnncompare doctor-benchmark
          rnncompare doctor-benchmark --half programs --cases 240

        Exit codes: 0 nothing right was accused and nothing visible overlooked; 1 something was.
        """;

    public static DoctorBenchmarkCommand Create(TextWriter writer) => new(writer);

    private int Run(ParseResult parsed)
    {
        var (cases, half, seed, path) = (parsed.GetValue(_cases), parsed.GetRequiredValue(_half), parsed.GetValue(_seed), parsed.GetRequiredValue(_output));
        if (cases < 1)
        {
            throw new InputException($"--cases is {cases}, but must be a whole number of at least 1.");
        }

        if (half is not (Catalogue or Programs or Both))
        {
            throw new InputException($"--half is '{half}', expected {Catalogue}, {Programs} or {Both}.");
        }

        OutputPlace.RequireFile(path);
        var (error, cancellation) = (parsed.Progress(), parsed.Cancellation());
        var (isSound, tables) = (true, new List<ReportTable>());
        if (half != Programs)
        {
            var proof = DoctorProof.Run(cases, seed, (done, all) => Show(error, done, all), cancellation);
            isSound &= proof.IsSound;
            tables.AddRange(proof.Tables());
        }

        if (half != Catalogue)
        {
            var proof = SlipProof.Run(cases, seed, (done, all) => Show(error, done, all), cancellation);
            isSound &= proof.IsSound;
            tables.AddRange(proof.Tables());
        }

        Write(path, tables, isSound, parsed.GetValue(_json));
        return isSound ? ExitCodes.Success : ExitCodes.Finding;
    }

    private void Write(string path, IReadOnlyList<ReportTable> tables, bool isSound, bool asJson)
    {
        var screen = new Screen(asJson ? TextWriter.Null : _writer);
        foreach (var table in tables)
        {
            screen.Show(table);
            screen.ShowLine("");
        }

        AtomicFile.WriteText(path, string.Join('\n', tables.Select(table => table.ToMarkdown())));
        screen.ShowLine($"Results are in {path}");
        if (asJson)
        {
            _writer.Write(TablesJson.Write(tables, ("isSound", isSound), ("file", path)));
        }
    }

    // A line at every twentieth of the way.
    private static void Show(TextWriter error, int done, int all)
    {
        if (done * 20 / all > (done - 1) * 20 / all)
        {
            lock (error)
            {
                error.WriteLine($"{done} of {all} programs");
            }
        }
    }
}
