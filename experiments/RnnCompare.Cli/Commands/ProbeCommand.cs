using System.CommandLine;
using System.Globalization;
using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Checking.Probing;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Check;
using RnnCompare.Models;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Cli.Commands;

/// <summary><c>rnncompare probe</c>.</summary>
internal sealed class ProbeCommand : Command, IExplainedCommand
{
    private readonly Option<string> _sizes = new("--sizes") { Description = "Steps, batch, input size, hidden size, output size. Where T·B is at most I, the program's own deltas follow from its gradients.", HelpName = "T,B,I,H,O", DefaultValueFactory = _ => "4,2,8,9,5" };
    private readonly Option<int> _layers = new("--layers") { Description = "Stacked layers.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _bidirectional = new("--bidirectional") { Description = "Layers that read in both directions." };
    private readonly Option<bool> _lengths = new("--lengths") { Description = "Give sequences lengths of their own." };
    private readonly Option<int> _seed = new("--seed") { Description = "What every random draw starts from.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _precision = new("--precision") { Description = "float32 or float64.", HelpName = "TYPE", DefaultValueFactory = _ => "float64" };
    private readonly Option<string> _output = new("--output") { Description = "The file to write, .npz or .safetensors.", HelpName = "FILE", Required = true };
    private readonly PrototypeChoices _choices;
    private readonly TextWriter _writer;

    private ProbeCommand(TextWriter writer)
        : base("probe", "Writes weights, states and a batch on which the mistakes of a prototype that runs on them show.")
    {
        _writer = writer;
        _choices = new(this, takesEquations: true);
        foreach (var option in new Option[] { _sizes, _layers, _bidirectional, _lengths, _seed, _precision, _output })
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
        var options = _choices.Read(parsed);
        var own = _choices.ReadCell(parsed);
        var (request, path) = (Request(options, own ?? CellOf(options), parsed), parsed.GetRequiredValue(_output));
        var convention = options.Convention ?? ConventionTable.Canonical;
        var probe = ProbeMaker.Make(request);
        ProbeFile.Write(path, probe, convention, request.Precision);
        _writer.WriteLine($"{path}: {request.Spec.Cell} {(own is null ? $"in the convention {convention}" : "in the names of its equations")}, {request.Precision.ToString().ToLowerInvariant()}.");
        foreach (var line in DiagnosisText.Blind(probe.BlindTo))
        {
            _writer.WriteLine($"A batch of this kind cannot reveal {line}.");
        }

        foreach (var (first, second) in probe.NotToldApart)
        {
            _writer.WriteLine($"A batch of this kind cannot always tell {first} from {second}.");
        }

        return ExitCodes.Success;
    }

    private ProbeRequest Request(PrototypeOptions options, RecurrentCell cell, ParseResult parsed)
    {
        var (steps, batchSize, inputs, hidden, outputs) = Sizes(parsed.GetRequiredValue(_sizes));
        var spec = new RnnSpec
        {
            Cell = cell,
            InputSize = inputs,
            HiddenSize = hidden,
            OutputSize = outputs,
            Layers = AtLeast(1, _layers, parsed),
            Bidirectional = parsed.GetValue(_bidirectional),
            Loss = options.Loss ?? LossKind.CrossEntropy,
            Outputs = options.Outputs ?? OutputMode.EveryStep,
            Reduction = options.Reduction ?? Reduction.Mean,
        };
        return spec.Loss == LossKind.CrossEntropy && outputs == 1
            ? throw new InputException("--sizes: O is 1, but cross-entropy needs at least 2 classes; or --loss squared-error.")
            : new()
            {
                Spec = spec,
                Steps = steps,
                BatchSize = batchSize,
                Lengths = parsed.GetValue(_lengths),
                Seed = AtLeast(0, _seed, parsed),
                Precision = PrecisionOf(parsed.GetRequiredValue(_precision)),
            };
    }

    private static (int Steps, int BatchSize, int Inputs, int Hidden, int Outputs) Sizes(string text)
    {
        int[] sizes = [.. text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0)];
        return sizes is [> 0, > 0, > 0, > 0, > 0]
            ? (sizes[0], sizes[1], sizes[2], sizes[3], sizes[4])
            : throw new InputException($"--sizes: sizes are {text}, expected T,B,I,H,O, five whole numbers of at least 1.");
    }

    private static RecurrentCell CellOf(PrototypeOptions options)
    {
        return options["cell"] switch
        {
            null or "rnn" => CellTable.Named(options["activation"] ?? "tanh"),
            "gru" when options["gru_reset"] == "before" => GruResetBeforeCell.Instance,
            { } name => CellTable.Named(name),
        };
    }

    private static int AtLeast(int least, Option<int> option, ParseResult parsed)
    {
        var value = parsed.GetValue(option);
        return value >= least ? value : throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{option.Name} is {value}, but must be a whole number of at least {least}."));
    }

    private static Precision PrecisionOf(string word)
    {
        return word switch
        {
            "float32" => Precision.Float32,
            "float64" => Precision.Float64,
            _ => throw new InputException($"--precision is {word}, expected float32 or float64."),
        };
    }
}
