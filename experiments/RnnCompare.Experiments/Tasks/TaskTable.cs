using System.Numerics;
using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Tasks.OwnData;

namespace RnnCompare.Experiments.Tasks;

/// <summary>The tasks that there are. A new task is a file beside this one, a name and a row here.</summary>
public static class TaskTable
{
    /// <summary>Every task, in the order of help texts.</summary>
    public static IReadOnlyList<string> Names { get; } = ["names", "text", "sentiment", "sunspots", "echo", "adding", "copy", "order", "forecast", "classify"];

    /// <summary>The task of a config, with its data read.</summary>
    /// <exception cref="InputException">The data cannot be used, or does not suit the other values.</exception>
    public static ITask<T> Create<T>(ExperimentConfig config)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(config);
        var (steps, batchSize, seed) = (config.SequenceLength, config.BatchSize, config.Seed);
        var source = config.Data.Length > 0 ? config.Data : "the shipped data";
        if (config.Bidirectional && config.Task is ("names" or "text" or "sunspots" or "forecast"))
        {
            throw new InputException($"bidirectional is true, but the task {config.Task} forecasts the next step, which a network that reads from the end has seen.");
        }

        if (config.Data.Length > 0 && config.Task is ("echo" or "adding" or "copy" or "order"))
        {
            throw new InputException($"data is {config.Data}, but the task {config.Task} draws its sequences and reads no file.");
        }

        return config.Task switch
        {
            "names" => new CharacterTask<T>(TextSources.ShuffledLines(Text("place-names.txt"), seed), source, steps, batchSize, CharacterTask<T>.SampleKind.Lines),
            "text" => new CharacterTask<T>(TextSources.Contiguous(Text(null)), source, steps, batchSize, CharacterTask<T>.SampleKind.Text),
            "sentiment" => new ClassificationTask<T>(SentimentData.Parse(Text("sentiment.json"), source), batchSize, seed),
            "sunspots" => new ForecastTask<T>(SeriesFile.Parse(Text("sunspots-yearly.csv"), source, "", "", horizon: 1), source, steps, batchSize, seed),
            "echo" => new EchoTask<T>(steps, batchSize, seed),
            "adding" => new AddingTask<T>(steps, batchSize, seed),
            "copy" => new CopyTask<T>(steps, batchSize, seed),
            "order" => new TemporalOrderTask<T>(steps, batchSize, seed),
            "forecast" => new ForecastTask<T>(SeriesFile.Parse(Text(null), source, config.InputColumns, config.TargetColumn, config.Horizon), source, steps, batchSize, seed),
            "classify" => new ClassificationTask<T>(LabelledData.Cut(LabelledFile.Parse(Text(null), source, config.InputColumns, config.TargetColumn), source, seed), batchSize, seed),
            _ => throw new ArgumentException($"'{config.Task}' is no task.", nameof(config)),
        };

        string Text(string? shipped)
        {
            return config.Data.Length > 0 ? InputFile.ReadText(config.Data)
                : shipped is not null ? ShippedData.Read(shipped)
                : throw new InputException($"the task {config.Task} needs a file: --text FILE, or the key data.");
        }
    }
}
