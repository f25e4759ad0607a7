using System.Diagnostics;
using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Experiments.Flow;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Torch;

namespace RnnCompare.Experiments.Training;

/// <summary>An experiment in one precision.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class PreparedExperiment<T> : IExperiment
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(200);

    // The flow of gradients is looked at in some sequences of a batch: it costs many backward passes.
    private const int FlowSequences = 8;

    private readonly ITask<T> _task;
    private readonly ITask<double> _checkedTask;
    private readonly IReadOnlyList<EngineGroup<T>> _groups;
    private int _made;
    private TimeSpan _before;

    private PreparedExperiment(ExperimentConfig config, ITask<T> task, IReadOnlyList<EngineGroup<T>> groups)
    {
        (Config, _task, _groups) = (config, task, groups);
        _checkedTask = task as ITask<double> ?? (task as ISharedTask)?.In<double>() ?? TaskTable.Create<double>(config);
    }

    /// <inheritdoc/>
    public ExperimentConfig Config { get; }

    private IEnumerable<Contender<T>> Contenders => _groups.SelectMany(group => group.Contenders);

    /// <summary>Reads the data and creates the engines.</summary>
    /// <exception cref="InputException">The config and its data cannot be used.</exception>
    public static PreparedExperiment<T> Create(ExperimentConfig config)
    {
        RecurrentCell[] cells = [.. config.CellList.Select(CellFile.CellOf)];
        MemoryNeed.Require(config, cells, TaskTable.IsOfSequenceLength(config.Task) ? config.SequenceLength : 1, shape: null);
        var task = TaskTable.Create<T>(config);
        MemoryNeed.Require(config, cells, task.TrainingBatch(0).Batch.Steps, task.Shape);
        var groups = new List<EngineGroup<T>>();
        try
        {
            groups.AddRange(cells.Select(cell => EngineGroup<T>.Create(config, task, cell)));
            return new(config, task, groups);
        }
        catch
        {
            groups.ForEach(group => group.Dispose());
            throw;
        }
    }

    /// <inheritdoc/>
    public RunResult Run(IRunObserver observer, IRunKeeper keeper, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(observer);
        ArgumentNullException.ThrowIfNull(keeper);
        var usesTorch = _groups.SelectMany(group => group.Engines).Any(engine => engine is EngineFactory.Autograd or EngineFactory.Fused);
        if (usesTorch)
        {
            TorchEnvironment.SetThreads(Config.Threads);
        }

        observer.Entered("comparing gradients");
        keeper.Begin(Contenders.SelectMany(contender => contender.Curve.Select(point => new NotedPoint(contender.Name, point))).OrderBy(noted => noted.Point.Step));
        var gradients = _groups.Select(group => CompareGradients(group, cancellation)).ToArray();
        cancellation.ThrowIfCancellationRequested();
        var end = Train(observer, keeper, cancellation);
        observer.Entered("evaluating");
        var peak = Contenders.Any(contender => contender.Times.Seconds.Count >= StepTimeStatistics.Stretches) ? PeakFlopsPerSecond() : double.NaN;
        return new()
        {
            Config = Config,
            Environment = RunEnvironment.Current(usesTorch),
            End = end,
            Metric = _task.Metric,
            Baseline = _task.Baseline,
            Groups = [.. _groups.Zip(gradients, (group, agreements) => Conclude(group, agreements, end, peak))],
        };
    }

    /// <inheritdoc/>
    public void Restore(NamedArrays checkpoint)
    {
        var kept = new ArrayScope(checkpoint, "");
        var progress = kept.Take("progress");
        (_made, _before) = ((int)progress[0], TimeSpan.FromSeconds(progress[1]));
        foreach (var group in _groups)
        {
            group.Restore(kept.In(group.Spec.Cell.Name));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var group in _groups)
        {
            group.Dispose();
        }
    }

    private IReadOnlyList<Agreement> CompareGradients(EngineGroup<T> group, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var weights = group.InitialWeights.Convert<double>();
        var batch = _checkedTask.TrainingBatch(0).Batch;
        var agreements = AgreementMeasurement.OfGradients(weights, _checkedTask, batch, group.Engines, group.Truncation, cancellation);
        return [.. typeof(T) == typeof(double) ? agreements : agreements.Concat(AgreementMeasurement.OfGradients(weights, _task, batch, group.Engines, group.Truncation, cancellation))];
    }

    private RunEnd Train(IRunObserver observer, IRunKeeper keeper, CancellationToken cancellation)
    {
        var logEvery = Config.LogEvery > 0 ? Config.LogEvery : Math.Max(1, Config.Steps / 200);
        var evaluateEvery = Config.EvaluateEvery > 0 ? Config.EvaluateEvery : Math.Max(1, Config.Steps / 10);
        var start = Stopwatch.GetTimestamp();
        var reported = TimeSpan.Zero;
        for (var step = _made + 1; step <= Config.Steps; step++)
        {
            var isEvaluated = step % evaluateEvery == 0 || step == Config.Steps;
            var isNoted = isEvaluated || step % logEvery == 0;
            var batch = _task.TrainingBatch(step - 1);
            var lost = _groups.Select(group => group.Train(batch, step - 1, isNoted)).ToArray().FirstOrDefault(contender => contender is not null);
            var isCancelled = lost is null && step < Config.Steps && cancellation.IsCancellationRequested;
            var noted = isNoted && lost is null ? Note(step, isEvaluated) : [];
            var elapsed = _before + Stopwatch.GetElapsedTime(start);
            if (lost is null && (isCancelled || keeper.WantsCheckpoint(step)))
            {
                keeper.Keep(Checkpoint(step, elapsed));
            }

            // Where it ends out of turn, the last row is one that an undisturbed run would not have: the checkpoint is without it.
            foreach (var point in lost is not null || (isCancelled && !isEvaluated) ? Note(step, lost is null) : noted)
            {
                keeper.Note(point);
            }

            if ((isEvaluated && lost is null) || isCancelled)
            {
                observer.Evaluated(Progress(step, elapsed));
            }

            if (lost is not null || isCancelled || step == Config.Steps)
            {
                return End(step, lost, isCancelled);
            }

            if (elapsed - reported >= BetweenReports)
            {
                reported = elapsed;
                observer.Advanced(Progress(step, elapsed));
            }
        }

        // Resumed from the checkpoint of the last step: nothing is left to train.
        return End(Config.Steps, lost: null, isCancelled: false);
    }

    private NotedPoint[] Note(int step, bool evaluates)
    {
        return [.. Contenders.Select(contender => new NotedPoint(contender.Name, contender.Note(step, evaluates ? _task : null)))];
    }

    private RunEnd End(int step, Contender<T>? lost, bool isCancelled)
    {
        if (isCancelled)
        {
            return new(RunEndKind.Cancelled, step);
        }

        var diverged = lost ?? _groups.Select(group => group.Diverged).FirstOrDefault(contender => contender is not null);
        return diverged is null ? new(RunEndKind.Completed, step) : new(RunEndKind.Diverged, step, diverged.Name, diverged.Loss, diverged.Range.LeftAt ?? step);
    }

    private NamedArrays Checkpoint(int step, TimeSpan elapsed)
    {
        var arrays = new NamedArrays();
        var kept = new ArrayScope(arrays, "");
        kept.Put("progress", [step, elapsed.TotalSeconds]);
        foreach (var group in _groups)
        {
            group.Save(kept.In(group.Spec.Cell.Name));
        }

        return arrays;
    }

    private RunProgress Progress(int step, TimeSpan elapsed)
    {
        return new(step, Config.Steps, elapsed, [.. Contenders.Select(contender => new ContenderProgress(
            contender.Name,
            contender.Curve.Count > 0 && contender.Curve[^1].Step == step
                ? contender.Curve[^1]
                : new(step, contender.Loss, contender.SmoothedLoss, new Dictionary<DataPart, PartScore>()),
            Quartiles.Of(contender.Times.Seconds).Reciprocal().Median))]);
    }

    private GroupResult Conclude(EngineGroup<T> group, IReadOnlyList<Agreement> gradients, RunEnd end, double peak)
    {
        var sound = end.Kind != RunEndKind.Diverged;
        var first = group.Contenders[0];
        var next = _task.TrainingBatch(end.Steps);
        IReadOnlyList<Agreement> weights = sound ? [.. AgreementMeasurement.OfWeights(group)] : [];
        var separations = sound ? group.SeparationsUpTo(end.Steps, next) : group.Separations;
        DataPart[] parts = sound ? [.. _task.WatchedParts.Union([DataPart.Validation, DataPart.Test])] : [];
        return new()
        {
            Cell = group.Spec.Cell.Name,
            Gradients = gradients,
            Weights = weights,
            WeightsVerdict = VerdictOf(group, weights, separations, end),
            Separations = separations,
            PerturbedLosses = [.. group.Copies.Select(copy => copy.Trained.SmoothedLoss)],
            Flow = sound ? MeasureFlow(group, first, end) : null,
            FlowAlong = group.FlowUpTo(end.Steps, next),
            Samples = sound && _task is ISampledTask<T> sampled ? sampled.Sample(first.Engine, first.State, Config.Seed) : [],
            Contenders = [.. group.Contenders.Select(contender => new ContenderResult
            {
                Name = contender.Name,
                Engine = contender.Engine.Name,
                Curve = contender.Curve,
                SmoothedLoss = contender.SmoothedLoss,
                StepsPerSecond = Quartiles.Of(contender.Times.Seconds).Reciprocal(),
                Times = StepTimeStatistics.Of(contender.Times.Seconds, first.Times.Seconds),
                ShareOfLimit = Flops(group.Spec) / (Quartiles.Of(contender.Times.Seconds).Median * peak),
                Scores = contender.Evaluate(_task, parts),
                Weights = sound ? StateDict.Of(contender.Engine.ReadWeights()) : null,
            })],
        };
    }

    private Verdict VerdictOf(EngineGroup<T> group, IReadOnlyList<Agreement> weights, IReadOnlyList<SeparationPoint> separations, RunEnd end)
    {
        return separations is [.., { Verdict: Verdict.None }] ? Verdict.None
            : weights.All(agreement => agreement.Comparison.Agrees) ? Verdict.Agrees
            : group.FindInNextStep(end.Steps, _task.TrainingBatch(end.Steps)) is null ? Verdict.None
            : Verdict.Differs;
    }

    private double PeakFlopsPerSecond()
    {
        using var workers = new Workers(Config.Threads);
        return MachinePeak.FlopsPerSecond<T>(workers);
    }

    private double Flops(RnnSpec spec)
    {
        var batch = _task.TrainingBatch(0).Batch;
        return StepFlops.Of(spec, batch.Inputs.Tokens is not null, batch.CountedOutputs(OutputMode.EveryStep), batch.CountedOutputs(spec.Outputs));
    }

    private FlowCase? MeasureFlow(EngineGroup<T> group, Contender<T> first, RunEnd end)
    {
        var batch = _checkedTask.TrainingBatch(end.Steps).Batch;
        batch = batch.Part(0, Math.Min(FlowSequences, batch.BatchSize));
        var name = _groups.Count > 1 ? $"trained weights, {group.Spec.Cell.Name}" : "trained weights";
        return FlowMeasurement.Measure(name, first.Engine.ReadWeights().Convert<double>(), batch, group.Engines, FlowMeasurement.Affordable(group.Spec, batch));
    }
}
