using System.Numerics;
using RnnCompare.Experiments.Tasks.OwnData;

namespace RnnCompare.Experiments.Tasks;

/// <summary>The tasks that there are. A new task is a file beside this one and a row here, which says what it reads, whether it forecasts, and how it is made.</summary>
public static class TaskTable
{
    private static readonly IReadOnlyList<TaskRow> Rows =
    [
        new NamesRow(), new TextRow(), new SentimentRow(), new SunspotsRow(), new EchoRow(), new AddingRow(), new CopyRow(), new OrderRow(), new ForecastRow(), new ClassifyRow(),
    ];

    /// <summary>Every task, in the order of help texts.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Rows.Select(row => row.Name)];

    /// <summary>Whether a task's sequences have the steps that the config says; those of the others are in their data.</summary>
    internal static bool IsOfSequenceLength(string task) => Rows.First(row => row.Name == task).IsOfSequenceLength;

    /// <summary>The task of a config, with its data read.</summary>
    /// <exception cref="InputException">The data cannot be used, or does not suit the other values.</exception>
    public static ITask<T> Create<T>(ExperimentConfig config)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(config);
        var row = Rows.FirstOrDefault(row => row.Name == config.Task) ?? throw new ArgumentException($"Unknown task '{config.Task}'; known: {string.Join(", ", Names)}.", nameof(config));
        if (config.Bidirectional && row.Forecasts)
        {
            throw new InputException($"bidirectional is true, but the task {config.Task} forecasts the next step, which a network that reads from the end has seen.");
        }

        if (config.Data.Length > 0 && row.Reads == TaskData.Nothing)
        {
            throw new InputException($"data is {config.Data}, but the task {config.Task} draws its sequences and reads no file.");
        }

        if (config.Data.Length == 0 && row.Reads == TaskData.OwnFile)
        {
            throw new InputException($"the task {config.Task} needs a file: --text FILE, or the key data.");
        }

        return row.Create<T>(config, config.Data.Length > 0 ? config.Data : "the shipped data");
    }

    private sealed record NamesRow() : TaskRow("names", TaskData.ShippedFile, Forecasts: true)
    {
        public override ITask<T> Create<T>(ExperimentConfig config, string source) =>
            new CharacterTask<T>(TextSources.ShuffledLines(Text(config, "place-names.txt"), config.Seed), source, config.SequenceLength, config.BatchSize, CharacterTask<T>.SampleKind.Lines);
    }

    private sealed record TextRow() : TaskRow("text", TaskData.OwnFile, Forecasts: true)
    {
        public override ITask<T> Create<T>(ExperimentConfig config, string source) =>
            new CharacterTask<T>(TextSources.Contiguous(Text(config)), source, config.SequenceLength, config.BatchSize, CharacterTask<T>.SampleKind.Text);
    }

    private sealed record SentimentRow() : TaskRow("sentiment", TaskData.ShippedFile, IsOfSequenceLength: false)
    {
        public override ITask<T> Create<T>(ExperimentConfig config, string source) =>
            new ClassificationTask<T>(SentimentData.Parse(Text(config, "sentiment.json"), source), config.BatchSize, config.Seed);
    }

    private sealed record SunspotsRow() : TaskRow("sunspots", TaskData.ShippedFile, Forecasts: true)
    {
        public override ITask<T> Create<T>(ExperimentConfig config, string source) =>
            new ForecastTask<T>(SeriesFile.Parse(Text(config, "sunspots-yearly.csv"), source, "", "", horizon: 1), source, config.SequenceLength, config.BatchSize, config.Seed);
    }

    private sealed record EchoRow() : TaskRow("echo", TaskData.Nothing)
    {
        public override ITask<T> Create<T>(ExperimentConfig config, string source) => new EchoTask<T>(config.SequenceLength, config.BatchSize, config.Seed);
    }

    private sealed record AddingRow() : TaskRow("adding", TaskData.Nothing)
    {
        public override ITask<T> Create<T>(ExperimentConfig config, string source) => new AddingTask<T>(config.SequenceLength, config.BatchSize, config.Seed);
    }

    private sealed record CopyRow() : TaskRow("copy", TaskData.Nothing)
    {
        public override ITask<T> Create<T>(ExperimentConfig config, string source) => new CopyTask<T>(config.SequenceLength, config.BatchSize, config.Seed);
    }

    private sealed record OrderRow() : TaskRow("order", TaskData.Nothing)
    {
        public override ITask<T> Create<T>(ExperimentConfig config, string source) => new TemporalOrderTask<T>(config.SequenceLength, config.BatchSize, config.Seed);
    }

    private sealed record ForecastRow() : TaskRow("forecast", TaskData.OwnFile, Forecasts: true)
    {
        public override ITask<T> Create<T>(ExperimentConfig config, string source) =>
            new ForecastTask<T>(SeriesFile.Parse(Text(config), source, config.InputColumns, config.TargetColumn, config.Horizon), source, config.SequenceLength, config.BatchSize, config.Seed);
    }

    private sealed record ClassifyRow() : TaskRow("classify", TaskData.OwnFile, IsOfSequenceLength: false)
    {
        public override ITask<T> Create<T>(ExperimentConfig config, string source) =>
            new ClassificationTask<T>(LabelledData.Cut(LabelledFile.Parse(Text(config), source, config.InputColumns, config.TargetColumn), source, config.Seed), config.BatchSize, config.Seed);
    }
}
