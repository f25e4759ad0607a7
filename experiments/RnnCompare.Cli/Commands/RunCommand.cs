using System.CommandLine;
using System.Globalization;
using System.Text;
using RnnCompare.Cli.Display;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Examples;
using RnnCompare.Experiments.Results;
using RnnCompare.Experiments.Results.Seeds;
using RnnCompare.Experiments.Training;

namespace RnnCompare.Cli.Commands;

/// <summary><c>rnncompare run</c>.</summary>
internal sealed class RunCommand : Command, IExplainedCommand
{
    private readonly Argument<string?> _config = new("CONFIG")
    {
        Description = "A config file; nothing for the main job, a character model of place names.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _text = new("--text") { Description = "Learn the characters of this UTF-8 text.", HelpName = "FILE" };
    private readonly Option<string?> _steps = new("--steps") { Description = "The training steps of every engine.", HelpName = "N" };
    private readonly Option<string?> _engines = new("--engines") { Description = "Some of manual, autograd, fused, separated by commas.", HelpName = "LIST" };
    private readonly Option<string?> _seed = new("--seed") { Description = "What every random draw starts from.", HelpName = "N" };
    private readonly Option<string?> _output = new("--output") { Description = "The folder of the results; otherwise runs/NAME-1, runs/NAME-2, …", HelpName = "DIR" };
    private readonly Option<string[]> _set = new("--set") { Description = "A value of the config; may be given again and again.", HelpName = "KEY=VALUE" };
    private readonly Option<bool> _view = new("--view") { Description = "Show the run in the browser while it trains, and afterwards until Ctrl-C." };
    private readonly TextWriter _writer;

    private RunCommand(TextWriter writer)
        : base("run", "Trains the engines from the same weights on the same batches, and compares gradients, losses and speed.")
    {
        _writer = writer;
    }

    /// <inheritdoc/>
    public string Explanation
    {
        get
        {
            var text = new StringBuilder("""
                Examples:
                  rnncompare run                                             the main job: names, three engines, about a minute
                  rnncompare run --text book.txt --steps 20000 --engines manual,fused
                  rnncompare run experiments/configs/sunspots.json           an experiment of its own
                  rnncompare run experiments/configs/identity.json           a published example, worked out beside its mistake
                  rnncompare run --view                                      watched in the browser while it trains
                  rnncompare run --set cells=lstm --set hiddenSize=64 --seed 7
                  rnncompare run experiments/configs/order.json --set seeds=5  five seeds, and whether cells differ by more
                  rnncompare run runs/names-1/config.json --output again     the same run once more, number for number

                Keys of config files and of --set:

                """);
            foreach (var key in ConfigKeys.All)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {key.Name,-18} {key.Help}: {key.Expectation} [{key.Read(new()).ToJsonString()}]\n");
            }

            return text.Append("\nExit codes: 0 done; 1 the engines disagree, or training diverged; 2 what was given cannot be used.").ToString();
        }
    }

    public static RunCommand Create(TextWriter writer)
    {
        var command = new RunCommand(writer);
        command.Add(command._config);
        foreach (var option in new Option[] { command._text, command._steps, command._engines, command._seed, command._output, command._set, command._view })
        {
            command.Add(option);
        }

        command.SetAction(command.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var config = Config(parsed);
        return WorkedExampleTable.Find(config.Task) is { } example ? WorkOut(example, config, parsed)
            : config.Seeds.Length > 0 ? TrainSeeds(config, parsed)
            : Train(config, parsed);
    }

    private int WorkOut(IWorkedExample example, ExperimentConfig config, ParseResult parsed)
    {
        var folder = RunFolder.Create(parsed.GetValue(_output), config.Name);
        var result = example.Run(config);
        folder.Write(result);
        new Screen(_writer).Show(result, folder);
        return result.IsSound ? ExitCodes.Success : ExitCodes.Finding;
    }

    private int Train(ExperimentConfig config, ParseResult parsed)
    {
        using var experiment = Experiment.Prepare(config);
        var folder = RunFolder.Create(parsed.GetValue(_output), experiment.Config.Name);
        using var interrupt = new Interrupt();
        var view = parsed.GetValue(_view) ? RunView.OpenAsync(folder.Path).GetAwaiter().GetResult() : null;
        var screen = new Screen(_writer);
        var result = screen.Watch(experiment.Config, observer => experiment.Run(observer, interrupt.Token));
        folder.Write(result);
        screen.Show(result, folder);
        if (view is not null)
        {
            view.StayAsync(interrupt.Token).GetAwaiter().GetResult();
            view.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        return result.IsSound ? ExitCodes.Success : ExitCodes.Finding;
    }

    // A run for each seed, in a folder of its own below the one that has what they come to together.
    private int TrainSeeds(ExperimentConfig config, ParseResult parsed)
    {
        var seeds = SeedList.Parse(config.Seeds, config.Seed) ?? throw new InputException($"seeds is {config.Seeds}, which beside seed {config.Seed} leads past the largest whole number.");
        using var interrupt = new Interrupt();
        var screen = new Screen(_writer);
        var runs = new List<RunResult>();
        RunFolder? folder = null;
        foreach (var seed in seeds.TakeWhile(_ => !interrupt.Token.IsCancellationRequested))
        {
            using var experiment = Experiment.Prepare(config with { Seed = seed, Seeds = "" });
            folder ??= RunFolder.Create(parsed.GetValue(_output), config.Name);
            screen.ShowLine($"Seed {seed}, {runs.Count + 1} of {seeds.Count}");
            var result = screen.Watch(experiment.Config, observer => experiment.Run(observer, interrupt.Token));
            RunFolder.Create(Path.Combine(folder.Path, SeedSummary.FolderOf(seed)), config.Name).Write(result);
            if (result.End.Kind != RunEndKind.Cancelled)
            {
                runs.Add(result);
            }
        }

        if (runs.Count == 0)
        {
            screen.ShowLine("No seed came to its end.");
            return ExitCodes.Success;
        }

        folder!.Write(config, runs);
        screen.Show(SeedTable.Of(SeedSummary.Of(runs)));
        screen.ShowLine($"Results are in {folder.Path}, those of each seed in {string.Join(", ", runs.Select(run => SeedSummary.FolderOf(run.Config.Seed)))} there");
        return runs.All(run => run.IsSound) ? ExitCodes.Success : ExitCodes.Finding;
    }

    private ExperimentConfig Config(ParseResult parsed)
    {
        var file = parsed.GetValue(_config);
        List<GivenValue> values = file is null ? [] : [.. ConfigFile.ReadValues(file)];
        if (parsed.GetValue(_text) is { } text)
        {
            values.AddRange([GivenValue.Of("task", "text", _text.Name), GivenValue.Of("data", text, _text.Name)]);
            if (file is null)
            {
                values.Add(GivenValue.Of("name", "text", _text.Name));
            }
        }

        foreach (var option in new[] { _steps, _engines, _seed })
        {
            if (parsed.GetValue(option) is { } value)
            {
                values.Add(GivenValue.Of(option.Name.TrimStart('-'), value, option.Name));
            }
        }

        values.AddRange(parsed.GetValue(_set)!.Select(GivenValue.Parse));
        return GivenValue.Resolve(values);
    }
}
