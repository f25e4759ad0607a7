using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using RnnCompare.Cli.Display;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Examples;
using RnnCompare.Experiments.Results;
using RnnCompare.Experiments.Results.Reading;
using RnnCompare.Experiments.Results.Seeds;
using RnnCompare.Experiments.Training;

namespace RnnCompare.Cli.Commands;

/// <summary><c>rnncompare run</c>.</summary>
internal sealed class RunCommand : Command, IExplainedCommand
{
    private readonly Argument<string?> _config = new("CONFIG")
    {
        Description = $"A config file, or one that ships with the program: {string.Join(", ", ShippedConfigs.Names)}; nothing for the main job, a character model of place names.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _text = new("--text") { Description = "Learn the characters of this UTF-8 text.", HelpName = "FILE" };
    private readonly Option<string?> _steps = new("--steps") { Description = "The training steps of every engine.", HelpName = "N" };
    private readonly Option<string?> _engines = new("--engines") { Description = "Some of manual, autograd, fused, separated by commas.", HelpName = "LIST" };
    private readonly Option<string?> _seed = new("--seed") { Description = "What every random draw starts from.", HelpName = "N" };
    private readonly Option<string?> _resume = new("--resume") { Description = "Go on with the run of this folder, from its last checkpoint; everything else stands there.", HelpName = "DIR" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace results that are in the folder of --output already." };
    private readonly Option<bool> _json = new("--json") { Description = "Print the results as one JSON object, that of summary.json." };
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
                  rnncompare run sunspots                                    an experiment that ships with the program
                  rnncompare run identity                                    a published example, worked out beside its mistake
                  rnncompare run my.json                                     an experiment of your own
                  rnncompare run --view                                      watched in the browser while it trains
                  rnncompare run --set cells=lstm --set hiddenSize=64 --seed 7
                  rnncompare run experiments/configs/order.json --set seeds=5  five seeds, and whether cells differ by more
                  rnncompare run runs/names-1/config.json --output again     the same run once more, number for number
                  rnncompare run --resume runs/names-1                       go on with a run that was interrupted

                Keys of config files and of --set:

                """);
            foreach (var key in ConfigKeys.All)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {key.Name,-18} {key.Help}: {key.Expectation} [{key.Read(new()).ToJsonString()}]\n");
            }

            return text.Append("\nExit code 1: the engines disagree, or training diverged.").ToString();
        }
    }

    public static RunCommand Create(TextWriter writer)
    {
        var command = new RunCommand(writer);
        command.Add(command._config);
        foreach (var option in new Option[] { command._text, command._steps, command._engines, command._seed, command._output, command._force, command._resume, command._set, command._json, command._view })
        {
            command.Add(option);
        }

        command.SetAction(command.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        if (parsed.GetValue(_resume) is { } path)
        {
            return Resume(path, parsed);
        }

        var config = Config(parsed);
        OutputPlace.RequireFolder(parsed.GetValue(_output) ?? "runs");
        if (WorkedExampleTable.Find(config.Task) is { } example)
        {
            return WorkOut(example, config, parsed);
        }

        if (config.Seeds.Length > 0)
        {
            return TrainSeeds(config, parsed);
        }

        using var experiment = Experiment.Prepare(config);
        using var folder = RunFolder.Create(parsed.GetValue(_output), config, parsed.GetValue(_force));
        return Train(experiment, folder, parsed);
    }

    private int Resume(string path, ParseResult parsed)
    {
        var other = parsed.CommandResult.Children.Select(child => child switch
        {
            OptionResult { Implicit: false } option when option.Option != _resume && option.Option != _json && option.Option != _view => option.Option.Name,
            ArgumentResult { Tokens.Count: > 0 } argument => argument.Tokens[0].Value,
            _ => null,
        }).FirstOrDefault(name => name is not null);
        if (other is not null)
        {
            throw new InputException($"--resume {path}: {other} cannot be given as well; the run goes on as it began.");
        }

        var (folder, config, checkpoint) = RunFolder.Resume(path);
        using (folder)
        {
            using var experiment = Experiment.Prepare(config);
            if (checkpoint is not null)
            {
                experiment.Restore(checkpoint);
            }

            return Train(experiment, folder, parsed);
        }
    }

    private int WorkOut(IWorkedExample example, ExperimentConfig config, ParseResult parsed)
    {
        using var folder = RunFolder.Create(parsed.GetValue(_output), config, parsed.GetValue(_force));
        var result = example.Run(config);
        var screen = Results(parsed);
        screen.Show(result);
        folder.Write(result);
        var code = Conclude(folder, result.IsSound, screen, parsed, ExampleJson.Write(result));
        Stay(View(folder, parsed), parsed);
        return code;
    }

    private int Train(IExperiment experiment, RunFolder folder, ParseResult parsed)
    {
        var view = View(folder, parsed);
        var result = new Screen(parsed.Progress()).Watch(experiment.Config, observer => experiment.Run(observer, folder, parsed.Cancellation()));

        // On the screen before it is in files: a full disk must not take both.
        var screen = Results(parsed);
        screen.Show(result);
        folder.Write(result);
        if (result.Contenders.Where(contender => contender.Weights is not null).ToArray() is { Length: > 0 } trained)
        {
            screen.ShowLine($"The trained weights are in {string.Join(", ", trained.Select(contender => RunFolder.WeightsFile(result, contender)))}.");
        }

        if (result.End.Kind == RunEndKind.Cancelled)
        {
            screen.ShowLine($"To go on: rnncompare run --resume {folder.Path}");
        }

        var code = Conclude(folder, result.IsSound, screen, parsed, SummaryJson.Write(result));
        Stay(view, parsed);
        return code;
    }

    private RunView? View(RunFolder folder, ParseResult parsed)
    {
        return parsed.GetValue(_view) ? RunView.OpenAsync(folder.Path, parsed.Progress()).GetAwaiter().GetResult() : null;
    }

    private static void Stay(RunView? view, ParseResult parsed)
    {
        if (view is not null)
        {
            view.StayAsync(parsed).GetAwaiter().GetResult();
            view.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    // Tables for people; where a program reads, one JSON object and nothing else.
    private Screen Results(ParseResult parsed) => new(parsed.GetValue(_json) ? TextWriter.Null : _writer);

    private int Conclude(RunFolder folder, bool isSound, Screen screen, ParseResult parsed, string json)
    {
        screen.ShowLine($"Results are in {folder.Path}");
        if (parsed.GetValue(_json))
        {
            _writer.Write(json);
        }

        var code = NotWritten.Tell(folder, parsed.Progress());
        return code != ExitCodes.Success ? code : isSound ? ExitCodes.Success : ExitCodes.Finding;
    }

    // A run for each seed, in a folder of its own below the one that has what they come to together.
    private int TrainSeeds(ExperimentConfig config, ParseResult parsed)
    {
        var seeds = SeedList.Parse(config.Seeds, config.Seed) ?? throw new InputException($"seeds is {config.Seeds}, which beside seed {config.Seed} leads past the largest whole number.");
        var (screen, progress) = (Results(parsed), new Screen(parsed.Progress()));
        var runs = new List<RunResult>();
        using var folder = RunFolder.Create(parsed.GetValue(_output), config, parsed.GetValue(_force));
        var view = View(folder, parsed);
        foreach (var seed in seeds.TakeWhile(_ => !parsed.Cancellation().IsCancellationRequested))
        {
            using var experiment = Experiment.Prepare(config with { Seed = seed, Seeds = "" });
            using var own = RunFolder.Create(Path.Combine(folder.Path, RunReader.SeedFolder(seed)), experiment.Config, parsed.GetValue(_force));
            progress.ShowLine($"Seed {seed}, {runs.Count + 1} of {seeds.Count}");
            var result = progress.Watch(experiment.Config, observer => experiment.Run(observer, own, parsed.Cancellation()));
            own.Write(result);
            NotWritten.Tell(own, parsed.Progress());
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

        screen.Show(SeedTable.Of(SeedSummary.Of(runs)));
        folder.Write(config, runs);
        screen.ShowLine($"Those of each seed are in {string.Join(", ", runs.Select(run => RunReader.SeedFolder(run.Config.Seed)))} there");
        var code = Conclude(folder, runs.TrueForAll(run => run.IsSound), screen, parsed, SummaryJson.Write(runs[0], SeedSummary.Of(runs)));
        Stay(view, parsed);
        return code;
    }

    private ExperimentConfig Config(ParseResult parsed)
    {
        var file = parsed.GetValue(_config);
        List<GivenValue> values = file is null ? [] : [.. ShippedConfigs.ReadValues(file)];
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
