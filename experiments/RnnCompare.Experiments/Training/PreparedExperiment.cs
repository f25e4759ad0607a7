using System.Diagnostics;
using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Experiments.Flow;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Models;
using RnnCompare.Numerics;
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
    private readonly string[] _engines;

    private PreparedExperiment(ExperimentConfig config, ITask<T> task, IReadOnlyList<EngineGroup<T>> groups)
    {
        (Config, _task, _groups) = (config, task, groups);
        _checkedTask = task as ITask<double> ?? TaskTable.Create<double>(config);
        _engines = config.Engines.Split(',');
    }

    /// <inheritdoc/>
    public ExperimentConfig Config { get; }

    private IEnumerable<Contender<T>> Contenders => _groups.SelectMany(group => group.Contenders);

    /// <summary>Reads the data and creates the engines.</summary>
    /// <exception cref="InputException">The config and its data cannot be used.</exception>
    public static PreparedExperiment<T> Create(ExperimentConfig config)
    {
        var task = TaskTable.Create<T>(config);
        var groups = new List<EngineGroup<T>>();
        try
        {
            groups.AddRange(config.Cells.Split(',').Select(cell => EngineGroup<T>.Create(config, task, CellFile.CellOf(cell))));
            return new(config, task, groups);
        }
        catch
        {
            groups.ForEach(group => group.Dispose());
            throw;
        }
    }

    /// <inheritdoc/>
    public RunResult Run(IRunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var usesTorch = Array.Exists(_engines, engine => engine is EngineFactory.Autograd or EngineFactory.Fused);
        if (usesTorch)
        {
            TorchEnvironment.SetThreads(Config.Threads);
        }

        observer.Entered("comparing gradients");
        var gradients = _groups.Select(CompareGradients).ToArray();
        var end = Train(observer, cancellation);
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
    public void Dispose()
    {
        foreach (var group in _groups)
        {
            group.Dispose();
        }
    }

    private IReadOnlyList<Agreement> CompareGradients(EngineGroup<T> group)
    {
        var weights = group.InitialWeights.Convert<double>();
        var batch = _checkedTask.TrainingBatch(0).Batch;
        var agreements = AgreementMeasurement.OfGradients(weights, _checkedTask, batch, _engines, group.Truncation);
        return [.. typeof(T) == typeof(double) ? agreements : agreements.Concat(AgreementMeasurement.OfGradients(weights, _task, batch, _engines, group.Truncation))];
    }

    private RunEnd Train(IRunObserver observer, CancellationToken cancellation)
    {
        var logEvery = Config.LogEvery > 0 ? Config.LogEvery : Math.Max(1, Config.Steps / 200);
        var evaluateEvery = Config.EvaluateEvery > 0 ? Config.EvaluateEvery : Math.Max(1, Config.Steps / 10);
        var start = Stopwatch.GetTimestamp();
        var reported = TimeSpan.Zero;
        for (var step = 1; step <= Config.Steps; step++)
        {
            var batch = _task.TrainingBatch(step - 1);
            var diverged = _groups.Select(group => group.Train(batch, step - 1)).ToArray().FirstOrDefault(contender => contender is not null);
            var ends = diverged is not null || cancellation.IsCancellationRequested || step == Config.Steps;
            var evaluates = diverged is null && (ends || step % evaluateEvery == 0);
            if (evaluates || ends || step % logEvery == 0)
            {
                foreach (var contender in Contenders)
                {
                    contender.Note(step, evaluates ? _task : null);
                }
            }

            var elapsed = Stopwatch.GetElapsedTime(start);
            if (evaluates)
            {
                observer.Evaluated(Progress(step, elapsed));
            }

            if (ends)
            {
                return diverged is not null ? new(RunEndKind.Diverged, step, diverged.Name)
                    : new(step < Config.Steps ? RunEndKind.Cancelled : RunEndKind.Completed, step);
            }

            if (elapsed - reported >= BetweenReports)
            {
                reported = elapsed;
                observer.Advanced(Progress(step, elapsed));
            }
        }

        throw new UnreachableException();
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
        DataPart[] parts = sound ? [.. _task.WatchedParts.Union([DataPart.Validation, DataPart.Test])] : [];
        return new()
        {
            Cell = group.Spec.Cell.Name,
            Gradients = gradients,
            Weights = sound ? [.. AgreementMeasurement.OfWeights(group)] : [],
            Partings = sound ? group.PartingsUpTo(end.Steps) : group.Partings,
            TwinLoss = group.Twin?.SmoothedLoss ?? double.NaN,
            Flow = sound ? MeasureFlow(group, first, end) : null,
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
        if (group.Spec.Cell is not HandWrittenCell)
        {
            return null;
        }

        var batch = BatchCopies.First(_checkedTask.TrainingBatch(end.Steps).Batch, FlowSequences, group.Spec.Outputs);
        var name = _groups.Count > 1 ? $"trained weights, {group.Spec.Cell.Name}" : "trained weights";
        return FlowMeasurement.Measure(name, first.Engine.ReadWeights().Convert<double>(), batch, _engines, FlowMeasurement.Affordable(group.Spec, batch));
    }
}
