using System.CommandLine;
using RnnCompare.Cli.Display;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Examples;
using RnnCompare.Experiments.Flow.Sweeps;
using RnnCompare.Experiments.Results;

namespace RnnCompare.Cli.Commands;

/// <summary><c>rnncompare flow</c>.</summary>
internal sealed class FlowCommand : Command, IExplainedCommand
{
    private readonly Argument<string?> _config = new("CONFIG") { Description = "A config file; nothing for the main job, a character model of place names.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _cells = new("--cells") { Description = "The cells, separated by commas.", HelpName = "LIST" };
    private readonly Option<string?> _initializers = new("--initializers") { Description = "The initializers, separated by commas.", HelpName = "LIST" };
    private readonly Option<string?> _gains = new("--gains") { Description = $"What Whh is multiplied by, separated by commas; without values {FlowOptions.UsualGains}.", HelpName = "LIST", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _lengths = new("--lengths") { Description = $"The steps of a sequence, up to {FlowOptions.MostSteps}, separated by commas.", HelpName = "LIST" };
    private readonly Option<int> _sequences = new("--sequences") { Description = "How many sequences of a batch are looked at, at most.", HelpName = "N", DefaultValueFactory = _ => 8 };
    private readonly Option<int> _along = new("--along") { Description = "Train as well, with clipping and without, and look at the gradients every N steps; 0 for no training.", HelpName = "N", DefaultValueFactory = _ => 0 };
    private readonly Option<string?> _output = new("--output") { Description = "A folder for flow.json and config.json; nothing to write no files.", HelpName = "DIR" };
    private readonly Option<bool> _json = new("--json") { Description = "Print flow.json instead of tables." };
    private readonly Option<string[]> _set = new("--set") { Description = "A value of the config; may be given again and again.", HelpName = "KEY=VALUE" };
    private readonly TextWriter _writer;

    private FlowCommand(TextWriter writer)
        : base("flow", "Measures where gradients vanish or explode: norms at every step, gates, singular values, Lyapunov exponents.")
    {
        _writer = writer;
        Add(_config);
        foreach (var option in new Option[] { _cells, _initializers, _gains, _lengths, _sequences, _along, _output, _json, _set })
        {
            Add(option);
        }

        SetAction(Run);
    }

    /// <inheritdoc/>
    public string Explanation => """
        One case is shown in full; of several, which --cells, --initializers, --gains and --lengths make of the config, each is a
        row. The weights are those that the config starts from: an initializer's, or with the key weights those of a file.
        All numbers are float64.

        Examples:
          rnncompare flow                                                     the main job before training
          rnncompare flow --set weights=runs/names-1/weights-manual.safetensors   and after it
          rnncompare flow experiments/configs/adding.json --gains             the adding problem, five gains of Whh
          rnncompare flow --cells tanh,lstm,gru --initializers orthogonal,torch --lengths 50,200
          rnncompare flow --along 100 --set steps=2000 --output flow-names    along a training, clipped and not
        """;

    public static FlowCommand Create(TextWriter writer) => new(writer);

    private int Run(ParseResult parsed)
    {
        var config = Config(parsed);
        var gains = parsed.GetResult(_gains) is null ? null : parsed.GetValue(_gains) ?? FlowOptions.UsualGains;
        var options = FlowOptions.Parse(
            config, parsed.GetValue(_cells), parsed.GetValue(_initializers), gains, parsed.GetValue(_lengths), parsed.GetValue(_sequences), parsed.GetValue(_along));
        using var folder = parsed.GetValue(_output) is { } output ? RunFolder.Create(output, config) : null;
        var result = FlowSweep.Run(options, what => parsed.Progress().WriteLine($"{what} …"), parsed.Cancellation());
        if (parsed.GetValue(_json))
        {
            _writer.Write(FlowJson.Write(result));
        }
        else
        {
            Show(result);
        }

        folder?.Write(config, result);
        return folder is null ? ExitCodes.Success : NotWritten.Tell(folder, parsed.Progress());
    }

    private ExperimentConfig Config(ParseResult parsed)
    {
        var file = parsed.GetValue(_config);
        var config = GivenValue.Resolve([.. file is null ? [] : ShippedConfigs.ReadValues(file), .. parsed.GetValue(_set)!.Select(GivenValue.Parse)]);
        return WorkedExampleTable.Find(config.Task) is null ? config : throw new InputException($"task is {config.Task}, a worked example, but flow needs a task that trains a network.");
    }

    private void Show(FlowResult result)
    {
        var screen = new Screen(_writer);
        foreach (var table in FlowTables.Of(result))
        {
            screen.Show(table);
            _writer.WriteLine();
        }
    }
}
