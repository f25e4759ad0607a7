using System.CommandLine;
using System.Text.Json.Nodes;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Checking.Probing;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Check;
using RnnCompare.Experiments.Results;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Cli.Commands;

/// <summary><c>rnncompare probe</c>.</summary>
internal sealed class ProbeCommand : Command, IExplainedCommand
{
    private readonly Option<string> _sizes = new("--sizes") { Description = "Steps, batch, input size, hidden size, output size. Where T·B is at most I, the program's own deltas follow from its gradients.", HelpName = "T,B,I,H,O", DefaultValueFactory = _ => "4,3,12,13,5" };
    private readonly Option<int> _layers = new("--layers") { Description = "Stacked layers.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _bidirectional = new("--bidirectional") { Description = "Layers that read in both directions." };
    private readonly Option<bool> _lengths = new("--lengths") { Description = "Give sequences lengths of their own." };
    private readonly Option<int> _seed = new("--seed") { Description = "What every random draw starts from.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _precision = new("--precision") { Description = "float32 or float64.", HelpName = "TYPE", DefaultValueFactory = _ => "float64" };
    private readonly Option<string> _output = new("--output") { Description = "The file to write, .npz or .safetensors.", HelpName = "FILE", Required = true };
    private readonly Option<bool> _json = new("--json") { Description = "Print what was written as one JSON object." };
    private readonly PrototypeChoices _choices;
    private readonly TextWriter _writer;

    private ProbeCommand(TextWriter writer)
        : base("probe", "Writes weights, states and a batch on which the mistakes of a prototype that runs on them show.")
    {
        _writer = writer;
        _choices = new(this, takesEquations: true);
        foreach (var option in new Option[] { _sizes, _layers, _bidirectional, _lengths, _seed, _precision, _output, _json })
        {
            Add(option);
        }

        SetAction(Run);
    }

    /// <inheritdoc/>
    public string Explanation => """
        Run the prototype on the file's arrays, save them again together with its gradients, and give that to rnncompare check.

        Examples:
          rnncompare probe --cell lstm --sizes 6,3,4,7,5 --convention pytorch --output probe.npz
          rnncompare probe --equations experiments/cells/mgu.cell --output probe.npz
        """;

    public static ProbeCommand Create(TextWriter writer) => new(writer);

    private int Run(ParseResult parsed)
    {
        var meant = _choices.Read(parsed);
        var own = _choices.ReadCell(parsed);
        var options = new ProbeOptions
        {
            Sizes = parsed.GetRequiredValue(_sizes),
            Layers = parsed.GetValue(_layers),
            Bidirectional = parsed.GetValue(_bidirectional),
            Lengths = parsed.GetValue(_lengths),
            Seed = parsed.GetValue(_seed),
            Precision = parsed.GetRequiredValue(_precision),
        };
        var (request, path) = (options.Request(meant, own ?? meant.Cell), parsed.GetRequiredValue(_output));
        var convention = meant.Convention ?? ConventionTable.Canonical;
        OutputPlace.RequireFile(path);
        var probe = ProbeMaker.Make(request);
        ProbeFile.Write(path, probe, convention, request.Precision);
        string[] blind = [.. DiagnosisText.Blind(probe.BlindTo)];
        (string First, string Second)[] alike = [.. probe.NotToldApart.Select(pair => ($"{pair.First}", $"{pair.Second}"))];
        var names = own is null ? convention.ToString() : "equations";
        if (parsed.GetValue(_json))
        {
            _writer.Write(TablesJson.Text(new()
            {
                ["file"] = path,
                ["cell"] = request.Spec.Cell.ToString(),
                ["names"] = names,
                ["precision"] = request.Precision.Name(),
                ["cannotReveal"] = TablesJson.Texts(blind),
                ["cannotTellApart"] = new JsonArray([.. alike.Select(pair => TablesJson.Texts([pair.First, pair.Second]))]),
            }));
            return ExitCodes.Success;
        }

        _writer.WriteLine($"{path}: {request.Spec.Cell} {(own is null ? $"in the convention {convention}" : "in the names of its equations")}, {request.Precision.Name()}.");
        foreach (var line in blind)
        {
            _writer.WriteLine($"A batch of this kind cannot reveal {line}.");
        }

        foreach (var (first, second) in alike)
        {
            _writer.WriteLine($"A batch of this kind cannot always tell {first} from {second}.");
        }

        return ExitCodes.Success;
    }
}
