using System.CommandLine;
using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Cli.Display;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Speed;
using RnnCompare.Experiments.Verify;
using RnnCompare.Torch;

namespace RnnCompare.Cli.Commands;

/// <summary><c>rnncompare verify</c>.</summary>
internal sealed class VerifyCommand : Command, IExplainedCommand
{
    private readonly Option<string> _cells = new("--cells") { Description = "The cells whose layers are verified, separated by commas.", HelpName = "LIST", DefaultValueFactory = _ => string.Join(',', LayerVerification.Cells) };
    private readonly Option<string> _precisions = new("--precisions") { Description = "The precisions, separated by commas.", HelpName = "LIST", DefaultValueFactory = _ => "float32,float64" };
    private readonly Option<bool> _first = new("--first") { Description = "Stop at the first layer that is wrong." };
    private readonly Option<bool> _noRemedies = new("--no-remedies") { Description = "Do not try which environment variables mend what is wrong." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object." };
    private readonly TextWriter _writer;

    private VerifyCommand(TextWriter writer)
        : base("verify", "Says whether the recurrent layers of this machine's TorchSharp compute what they should.")
    {
        _writer = writer;
        foreach (var option in new Option[] { _cells, _precisions, _first, _noRemedies, _json })
        {
            Add(option);
        }

        SetAction(Run);
    }

    /// <inheritdoc/>
    public string Explanation => """
        nn.RNN (tanh, relu), nn.LSTM and nn.GRU are compared with manual in float64: forward with gradients, under no_grad
        and in inference_mode, and backward; the autograd loop beside them as it trains. One to three layers, one and two
        directions, packed sequences, given initial states, H from 1 to 130, B from 1 to 64, one thread and several.

        Examples:
          rnncompare verify
          rnncompare verify --cells lstm --precisions float32 --json
          ONEDNN_MAX_CPU_ISA=AVX2 rnncompare verify --cells lstm

        Exit codes: 0 all is right; 1 something is wrong; 2 an option or TorchSharp's library cannot be used.
        """;

    public static VerifyCommand Create(TextWriter writer) => new(writer);

    private int Run(ParseResult parsed)
    {
        TorchLibrary.Require();
        var threads = SpeedMeasurement.ThreadCounts;
        var cells = Split(parsed, _cells, LayerVerification.Cells, cell => cell.Name);
        var precisions = Split(parsed, _precisions, [Precision.Float32, Precision.Float64], precision => precision.Name());
        LayerCase[] cases = [.. precisions.SelectMany(precision => cells.SelectMany(cell => LayerGrid.Of(cell, precision, threads)))];

        var findings = LayerVerification.Run(cases, new TorchLayers(loop: false), new TorchLayers(loop: true), parsed.GetValue(_first), done => ShowDone(parsed.Progress(), done, cases.Length), parsed.Cancellation());
        var wrong = findings.Where(finding => !finding.Agrees).ToArray();
        var remedies = wrong.Length == 0 || parsed.GetValue(_noRemedies) ? [] : Remedies.Try(wrong, variable => parsed.Progress().WriteLine($"trying {variable} …"), parsed.Cancellation());
        var result = new VerifyResult(findings, remedies, RunEnvironment.Current(withTorch: true));
        if (parsed.GetValue(_json))
        {
            _writer.WriteLine(result.Json());
        }
        else
        {
            Show(result);
        }

        return result.IsRight ? ExitCodes.Success : ExitCodes.Finding;
    }

    private static T[] Split<T>(ParseResult parsed, Option<string> option, IReadOnlyList<T> known, Func<T, string> nameOf)
    {
        return
        [
            .. parsed.GetRequiredValue(option).Split(',', StringSplitOptions.TrimEntries).Select(name =>
            {
                var position = known.Select(nameOf).ToList().IndexOf(name);
                return position >= 0 ? known[position] : throw new InputException($"{option.Name}: '{name}' is not known; known: {string.Join(", ", known.Select(nameOf))}.");
            }).Distinct(),
        ];
    }

    private void Show(VerifyResult result)
    {
        _writer.WriteLine(result.Sentence);
        result.Patterns.ToList().ForEach(_writer.WriteLine);
        foreach (var remedy in result.Remedies)
        {
            _writer.WriteLine($"{remedy.Variable} {remedy.Mends switch { true => "mends it", false => "does not mend it", null => "could not be tried" }}.");
        }

        _writer.WriteLine();
        new Screen(_writer).Show(result.Table());
    }

    // A line at every tenth of the way.
    private static void ShowDone(TextWriter progress, int done, int all)
    {
        if (done * 10 / all > (done - 1) * 10 / all)
        {
            progress.WriteLine($"{done} of {all} layers verified");
        }
    }
}
