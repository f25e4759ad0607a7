using RnnCompare.Cells;
using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Training;

/// <summary>The network of a config.</summary>
internal static class ConfiguredNetwork
{
    /// <summary>What a config makes of a cell for a task.</summary>
    public static RnnSpec Of(ExperimentConfig config, TaskShape task, RecurrentCell cell)
    {
        return new()
        {
            Cell = cell,
            InputSize = task.InputSize,
            HiddenSize = config.HiddenSize,
            OutputSize = task.OutputSize,
            Layers = config.Layers,
            Bidirectional = config.Bidirectional,
            Outputs = task.Outputs,
            Loss = task.Loss,
            Reduction = config.Reduction == "mean" ? Reduction.Mean : Reduction.Sum,
        };
    }
}
