using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Results;
using RnnCompare.Experiments.Training;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Experiments.Tests.Training;

/// <summary>A run that goes on from a checkpoint comes to the numbers of one that was never interrupted, bit for bit.</summary>
public sealed class ResumeTests : IDisposable
{
    private static readonly ExperimentConfig Small = new()
    {
        HiddenSize = 5, SequenceLength = 6, Steps = 12, WarmUp = 1, EvaluateEvery = 5, LogEvery = 2, BatchSize = 3, Precision = "float32", CheckpointEvery = 7,
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Cases =>
    [
        "optimizer=sgd momentum=0.9 nesterov=true", "optimizer=adagrad initialAccumulator=0.1 learningRateDecay=0.01",
        "optimizer=rmsprop centered=true momentum=0.5", "optimizer=adam amsGrad=true layers=2 clipping=norm", "optimizer=adamw weightDecay=0.1 precision=float64",
        "cells=gru,relu schedule=cosine flowEvery=4", "engines=manual,fused task=echo flowEvery=3 clippingLimit=0.01", "truncationSteps=2 truncationWindow=4 cells=lstm", "task=sunspots", "task=sentiment cells=gru-reset-before engines=manual,autograd bidirectional=true",
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Resumed_EqualsUndisturbed(string values)
    {
        var config = With(Small, values);
        var undisturbed = Whole(config, Path.Combine(_folder.Path, "whole"));

        // Cancelled after step 9, it is taken up at 9; its last checkpoint of its own stands at 7.
        var path = Path.Combine(_folder.Path, "cut");
        using (var source = new CancellationTokenSource())
        using (var experiment = Experiment.Prepare(config))
        using (var folder = RunFolder.Create(path, config))
        {
            folder.Write(experiment.Run(new ObserverStub(), new Cancelling(folder, source, 9), source.Token));
            Assert.Empty(folder.NotWritten);
        }

        var (resumed, own, checkpoint) = RunFolder.Resume(path);
        using (resumed)
        {
            Assert.Equal(ConfigFile.Write(config), ConfigFile.Write(own));
            using var experiment = Experiment.Prepare(own);
            experiment.Restore(checkpoint!);
            resumed.Write(experiment.Run(new ObserverStub(), resumed, CancellationToken.None));
        }

        Assert.Equal(undisturbed, Files(path));
    }

    [Fact]
    public void Checkpoint_OfAnotherNetworkIsRefusedByName()
    {
        NamedArrays? kept = null;
        using (var experiment = Experiment.Prepare(Small with { Engines = "manual" }))
        {
            experiment.Run(new ObserverStub(), new Keeping(arrays => kept = arrays), CancellationToken.None);
        }

        using var other = Experiment.Prepare(Small with { Engines = "manual", HiddenSize = 6 });
        Assert.Contains("tanh/manual/training/weights/Wxh", Assert.Throws<InvalidDataException>(() => other.Restore(kept!)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static ExperimentConfig With(ExperimentConfig config, string values)
    {
        return values.Split(' ').Select(GivenValue.Parse).Aggregate(config, (config, given) => given.Key.Apply(config, given.Value));
    }

    private static string[] Whole(ExperimentConfig config, string path)
    {
        using var experiment = Experiment.Prepare(config);
        using var folder = RunFolder.Create(path, config);
        folder.Write(experiment.Run(new ObserverStub(), folder, CancellationToken.None));
        return Files(path);
    }

    // Metrics without the times, the flow of gradients, and the bytes of the weights.
    private static string[] Files(string path) =>
    [
        .. File.ReadAllLines(Path.Combine(path, "metrics.csv")).Select(line => line[..line.LastIndexOf(',')]),
        .. Directory.GetFiles(path, "flow.json").Select(File.ReadAllText),
        .. Directory.GetFiles(path, "weights-*").Order().Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(File.ReadAllBytes(file))}"),
        .. Directory.GetFiles(path).Select(Path.GetFileName).Where(name => name != "in-use.lock").Order()!,
    ];

    private sealed class Cancelling(IRunKeeper inner, CancellationTokenSource source, int step) : IRunKeeper
    {
        public void Begin(IEnumerable<NotedPoint> noted) => inner.Begin(noted);

        public void Note(NotedPoint point)
        {
            inner.Note(point);
            if (point.Point.Step >= step - 1)
            {
                source.Cancel();
            }
        }

        public bool WantsCheckpoint(int made) => inner.WantsCheckpoint(made);

        public void Keep(NamedArrays checkpoint) => inner.Keep(checkpoint);
    }

    private sealed class Keeping(Action<NamedArrays> keep) : IRunKeeper
    {
        public void Begin(IEnumerable<NotedPoint> noted)
        {
        }

        public void Note(NotedPoint point)
        {
        }

        public bool WantsCheckpoint(int step) => step == 7;

        public void Keep(NamedArrays checkpoint) => keep(checkpoint);
    }
}
