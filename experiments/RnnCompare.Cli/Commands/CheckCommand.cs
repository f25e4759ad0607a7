using System.CommandLine;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Cli.Display;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Check;
using RnnCompare.Experiments.OnnxModels;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Cli.Commands;

/// <summary><c>rnncompare check</c>.</summary>
internal sealed class CheckCommand : Command, IExplainedCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "What a prototype saved: .npz, .safetensors, or a folder of .npy files; or a model, .onnx." };
    private readonly Option<string?> _against = new("--against") { Description = "The weights that an .onnx model should have: a state dict, or what the prototype saved.", HelpName = "FILE" };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object." };
    private readonly Option<bool> _explain = new("--explain-reading") { Description = "List the readings that were tried, and how far off each is." };
    private readonly Option<bool> _all = new("--all") { Description = "Tell long lists to their ends." };
    private readonly Option<bool> _strict = new("--strict") { Description = "Take a small residue on all arrays for a finding." };
    private readonly Option<bool> _thorough = new("--thorough") { Description = "Ask every question of a large network, however long it takes." };
    private readonly PrototypeChoices _choices;
    private readonly TextWriter _writer;

    private CheckCommand(TextWriter writer)
        : base("check", "Says whether the gradients that a hand-written prototype saved are right and, where they are not, which mistake made them.")
    {
        _writer = writer;
        Add(_file);
        _choices = new(this, takesEquations: true);
        Add(_against);
        Add(_explain);
        Add(_strict);
        Add(_thorough);
        Add(_all);
        Add(_json);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public string Explanation => """
        The file holds weights, x, targets (or dh, the adjoint that a layer is given), where there are any h0, c0, lengths, and what
        the prototype computed: gradients, loss, y (logits), p (probabilities), h, all under its own names. What names and shapes
        leave open is found out by trying. An array meta may hold options as JSON: {"loss": "cross-entropy", "reduction": "sum"}.
        Options given here win.

        An .onnx model is run by ONNX Runtime. Its operators RNN, LSTM and GRU are compared with their own equations and, with --against,
        with the network that it should be; a wrong order of gates or a wrong linear_before_reset is named.

        Of a cell that is none of the built-in ones, --equations says what it is: a file as in experiments/cells. Each weight is then
        an array of its name there, with the axes that it has there, and a state's first value is h0 for a state h.

        Examples:
          rnncompare check prototype.npz
          rnncompare check prototype.npz --explain-reading
          rnncompare check prototype.npz --convention row --reduction sum --json
          rnncompare check prototype.npz --ignore dy
          rnncompare check model.onnx --against weights.safetensors
          rnncompare check prototype.npz --equations experiments/cells/mgu.cell

        Exit codes: 0 the prototype agrees; 1 it disagrees.
        """;

    public static CheckCommand Create(TextWriter writer) => new(writer);

    private int Run(ParseResult parsed)
    {
        if (Path.GetExtension(parsed.GetRequiredValue(_file)).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            return RunModel(parsed);
        }

        if (parsed.GetValue(_against) is not null)
        {
            throw new InputException("--against is for .onnx models; a prototype is compared with what it saved itself.");
        }

        var result = PrototypeCheck.Run(parsed.GetRequiredValue(_file), _choices.Read(parsed), _choices.ReadCell(parsed), parsed.GetValue(_thorough));
        if (parsed.GetValue(_json))
        {
            _writer.WriteLine(CheckJson.Write(result));
        }
        else
        {
            Show(result, parsed.GetValue(_explain), parsed.GetValue(_all));
        }

        return result.Agrees && !(result.Residue is not null && parsed.GetValue(_strict)) ? ExitCodes.Success : ExitCodes.Finding;
    }

    private int RunModel(ParseResult parsed)
    {
        if (_choices.ReadCell(parsed) is not null)
        {
            throw new InputException("--equations is for prototypes; an .onnx model has operators.");
        }

        var finding = OnnxCheck.Run(parsed.GetRequiredValue(_file), parsed.GetValue(_against), _choices.Read(parsed));
        if (parsed.GetValue(_json))
        {
            _writer.WriteLine(OnnxText.Json(finding));
        }
        else
        {
            _writer.WriteLine(OnnxText.Verdict(finding));
            _writer.WriteLine();
            new Screen(_writer).Show(OnnxText.Table(finding));
            _writer.WriteLine();
            foreach (var line in OnnxText.Findings(finding))
            {
                _writer.WriteLine(line);
            }
        }

        return finding.Agrees ? ExitCodes.Success : ExitCodes.Finding;
    }

    private void Show(CheckResult result, bool explain, bool everything)
    {
        _writer.WriteLine(DiagnosisText.Verdict(result.Path, result.Diagnosis));
        foreach (var line in CheckNotes.Reading(result).Concat(CheckNotes.Residue(result)).Concat(explain ? CheckNotes.Others(result) : []))
        {
            _writer.WriteLine(line);
        }

        _writer.WriteLine();
        new Screen(_writer).Show(CheckTable.Of(result));
        _writer.WriteLine();
        foreach (var line in DiagnosisText.Findings(result.Diagnosis, everything))
        {
            _writer.WriteLine(line);
        }

        if (result.MissingWitness is { } missing)
        {
            _writer.WriteLine(missing);
        }

        if (result.Saved.Ignored.Count > 0)
        {
            _writer.WriteLine($"Ignored, because nothing here knows them: {string.Join(", ", result.Saved.Ignored.Select(ArrayName.Shown))}");
        }
    }
}
