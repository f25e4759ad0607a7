using System.CommandLine;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Migration;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Cli.Commands;

/// <summary><c>rnncompare convert</c>.</summary>
internal sealed class ConvertCommand : Command, IExplainedCommand
{
    private readonly Argument<string> _source = new("FROM") { Description = "A .npz, .npy, .safetensors or .dat file, or a folder of .npy files." };
    private readonly Argument<string> _target = new("TO") { Description = "The file to write: .npz, .safetensors, .dat in TorchSharp's format, or a model, .onnx." };
    private readonly Option<string?> _to = new("--to") { Description = $"Lay the weights out in this convention, and leave out what is not a weight. One of {string.Join(", ", ConventionTable.All)}.", HelpName = "WORD" };
    private readonly PrototypeChoices _choices;
    private readonly TextWriter _writer;

    private ConvertCommand(TextWriter writer)
        : base("convert", "Converts files of arrays between NumPy's, safetensors' and TorchSharp's formats, and weights between conventions and into ONNX models.")
    {
        _writer = writer;
        Add(_source);
        Add(_target);
        Add(_to);
        _choices = new(this);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public string Explanation => """
        Without --to, every array keeps its name, its type and its bits. With it, gates are put into the order of the convention,
        matrices are turned where it has them the other way round, and a second bias is added to the first. The options on what the
        arrays mean are needed only where names and shapes leave it open.

        An .onnx file is a model of the network: an operator RNN, LSTM or GRU for each layer, and the read-out. It takes x (T, B, I)
        and the first states h0 and c0 (L·D, B, H), and gives y (with --outputs last-step that of the last step) and the last states,
        in float32. It is written once ONNX Runtime computes the network with it, to within what rounding does.

        Examples:
          rnncompare convert weights.npz weights.safetensors
          rnncompare convert weights.safetensors weights.dat
          rnncompare convert keras.npz torch.safetensors --to pytorch
          rnncompare convert weights.safetensors model.onnx

        Exit codes: 0 done; 2 a file or an option cannot be used, and nothing was written.
        """;

    public static ConvertCommand Create(TextWriter writer) => new(writer);

    private int Run(ParseResult parsed)
    {
        var target = parsed.GetRequiredValue(_target);
        var convention = parsed.GetValue(_to) is { } word ? PrototypeChoices.Add(PrototypeOptions.None, "convention", _to.Name, word).Convention : null;
        if (Path.GetExtension(target).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            if (convention is not null)
            {
                throw new InputException("--to is for files of arrays; an .onnx model has ONNX's own order.");
            }

            _writer.WriteLine($"{target}: {FileConversion.ToOnnx(parsed.GetRequiredValue(_source), target, _choices.Read(parsed))}; ONNX Runtime computes the network with it.");
            return ExitCodes.Success;
        }

        var arrays = FileConversion.Convert(parsed.GetRequiredValue(_source), target, convention, _choices.Read(parsed));
        _writer.WriteLine($"{target}: {arrays.Count} arrays{(convention is null ? ", bit for bit" : $" in the convention {convention}")}.");
        return ExitCodes.Success;
    }
}
