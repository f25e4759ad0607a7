using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Flow.Sweeps;

/// <summary>Measures the flow of gradients of configs, before training or along it.</summary>
public static class FlowSweep
{
    /// <summary>Measures case after case.</summary>
    /// <param name="options">What is measured.</param>
    /// <param name="begun">Called with a few words before each part.</param>
    /// <param name="cancellation">Ends the measurement after the current case; what is done by then is returned.</param>
    /// <exception cref="InputException">A config and its data cannot be used.</exception>
    public static FlowResult Run(FlowOptions options, Action<string> begun, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(begun);
        var (cases, along) = (new List<FlowCase>(), new List<FlowSnapshot>());
        var prepared = options.Cases.Select(config => (Config: config, Task: Prepare(config))).ToArray();
        foreach (var (config, task) in prepared.TakeWhile(_ => !cancellation.IsCancellationRequested))
        {
            var setting = options.NameOf(config);
            begun(setting.Length > 0 ? setting : $"{config.Name}, {config.Cells}");
            cases.Add(Measure(options, config, task, setting));
        }

        if (options.Every > 0)
        {
            foreach (var (config, task) in prepared)
            {
                along.AddRange(FlowTraining.Follow(config, task, options.Every, options.NameOf(config), begun, cancellation));
            }
        }

        return new(cases, along);
    }

    private static ITask<double> Prepare(ExperimentConfig config)
    {
        MemoryNeed.Require(config, [CellFile.CellOf(config.Cells)], TaskTable.IsOfSequenceLength(config.Task) ? config.SequenceLength : 1, shape: null);
        var task = TaskTable.Create<double>(config);
        var steps = task.TrainingBatch(0).Batch.Steps;
        return steps <= FlowOptions.MostSteps ? task : throw new InputException($"a sequence of {config.Task} has {steps} steps, but gradients are followed over at most {FlowOptions.MostSteps}.");
    }

    private static FlowCase Measure(FlowOptions options, ExperimentConfig config, ITask<double> task, string setting)
    {
        var spec = ConfiguredNetwork.Of(config, task.Shape, CellFile.CellOf(config.Cells));
        var weights = InitialWeights.Create<double>(config, spec);
        var batch = task.TrainingBatch(0).Batch;
        batch = batch.Part(0, Math.Min(options.Sequences, batch.BatchSize));
        var name = setting.Length > 0 ? setting : config.Weights.Length > 0 ? $"weights of {Path.GetFileName(config.Weights)}" : "initial weights";
        var detail = options.Cases.Count > 1 ? FlowDetail.Exponents : FlowDetail.All;
        return FlowMeasurement.Measure(name, weights, batch, EngineFactory.Of(config.EngineList, spec.Cell), detail)
            ?? throw new InputException($"engines is {config.Engines}, but dL/dh_t is seen by all engines but fused.");
    }
}
