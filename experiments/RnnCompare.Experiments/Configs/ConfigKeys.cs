using RnnCompare.Cells;
using RnnCompare.Experiments.Examples;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Experiments.Training;
using RnnCompare.Models.Initialization;
using RnnCompare.Optimizers;

namespace RnnCompare.Experiments.Configs;

/// <summary>The table of keys: parsing, help texts and writing all come from it.</summary>
public static class ConfigKeys
{
    /// <summary>Every key, in the order of files and help texts.</summary>
    public static IReadOnlyList<ConfigKey> All { get; } =
    [
        ConfigKey.FolderName("name", "what the run is called", c => c.Name, (c, v) => c with { Name = v }),
        ConfigKey.Choice("task", [.. TaskTable.Names, .. WorkedExampleTable.All.Select(example => example.Name)], "what is learnt, or which published example is worked out", c => c.Task, (c, v) => c with { Task = v }),
        ConfigKey.Path("data", "the data file; nothing for the data that ships with the task", c => c.Data, (c, v) => c with { Data = v }),
        ConfigKey.Text("inputColumns", "forecast: the columns that enter; classify: the column or JSON key of the sequences", "names or numbers of columns, separated by commas; nothing for the target's own, of classify the first", c => c.InputColumns, (c, v) => c with { InputColumns = v }),
        ConfigKey.Text("targetColumn", "forecast: the column that is forecast; classify: the column or JSON key of the labels", "a column's name or number; nothing for the last", c => c.TargetColumn, (c, v) => c with { TargetColumn = v }),
        ConfigKey.Whole("horizon", 1, 1_000_000, "forecast: how many steps ahead", c => c.Horizon, (c, v) => c with { Horizon = v }),
        ConfigKey.Choices("cells", CellTable.All.Select(cell => cell.Name), "the cells, each a network of its own", c => c.Cells, (c, v) => c with { Cells = v }, CellFile.IsFile, "files of equations (.cell)"),
        ConfigKey.Whole("hiddenSize", 1, 65536, "H, the hidden units of a layer", c => c.HiddenSize, (c, v) => c with { HiddenSize = v }),
        ConfigKey.Whole("layers", 1, 64, "L, the layers stacked on each other", c => c.Layers, (c, v) => c with { Layers = v }),
        ConfigKey.Switch("bidirectional", "whether the network also reads from the end", c => c.Bidirectional, (c, v) => c with { Bidirectional = v }),
        ConfigKey.Path("weights", "the weights to start from, such as a run has saved; nothing for the initializer's", c => c.Weights, (c, v) => c with { Weights = v }),
        ConfigKey.Choice("initializer", InitializerTable.All.Keys, "where the weights start", c => c.Initializer, (c, v) => c with { Initializer = v }),
        ConfigKey.Number("initialScale", false, "what every matrix of the initializer is multiplied by", c => c.InitialScale, (c, v) => c with { InitialScale = v }),
        ConfigKey.Number("recurrentScale", false, "what Whh is multiplied by besides: of spectral-radius the radius", c => c.RecurrentScale, (c, v) => c with { RecurrentScale = v }),
        ConfigKey.Number("initialBias", true, "where every bias starts; 0 keeps the initializer's value", c => c.InitialBias, (c, v) => c with { InitialBias = v }),
        ConfigKey.Number("forgetBias", true, "where the forget gate's bias starts; 0 keeps the value of the other biases", c => c.ForgetBias, (c, v) => c with { ForgetBias = v }),
        ConfigKey.Whole("sequenceLength", 1, 1_000_000, "T, the steps of a window or of a generated sequence", c => c.SequenceLength, (c, v) => c with { SequenceLength = v }),
        ConfigKey.Whole("batchSize", 1, 65536, "B, the sequences of a batch", c => c.BatchSize, (c, v) => c with { BatchSize = v }),
        ConfigKey.Whole("truncationSteps", 0, 1_000_000, "k1 of truncated BPTT, the steps of a batch from one update to the next; 0 for one update a batch", c => c.TruncationSteps, (c, v) => c with { TruncationSteps = v }),
        ConfigKey.Whole("truncationWindow", 0, 1_000_000, "k2 of truncated BPTT, the steps that gradients then go back; 0 for k1", c => c.TruncationWindow, (c, v) => c with { TruncationWindow = v }),
        ConfigKey.Choice("reduction", ["sum", "mean"], "how single losses are put together", c => c.Reduction, (c, v) => c with { Reduction = v }),
        ConfigKey.Choice("optimizer", OptimizerTable.All.Select(spec => spec.Name), "the optimizer, as torch.optim's", c => c.Optimizer, (c, v) => c with { Optimizer = v }),
        ConfigKey.Number("learningRate", false, "the learning rate", c => c.LearningRate, (c, v) => c with { LearningRate = v }),
        ConfigKey.Choice("schedule", ConfiguredTraining.Schedules, "how the learning rate changes", c => c.Schedule, (c, v) => c with { Schedule = v }),
        ConfigKey.Number("scheduleFactor", true, "the factor of the schedules step and exponential", c => c.ScheduleFactor, (c, v) => c with { ScheduleFactor = v }),
        ConfigKey.Whole("scheduleSteps", 0, int.MaxValue, "steps between the falls of step, or of cosine's whole way; 0 for all steps", c => c.ScheduleSteps, (c, v) => c with { ScheduleSteps = v }),
        ConfigKey.Number("scheduleMinimum", true, "the least learning rate of the schedule cosine", c => c.ScheduleMinimum, (c, v) => c with { ScheduleMinimum = v }),
        ConfigKey.Number("weightDecay", true, "every optimizer's weight decay", c => c.WeightDecay, (c, v) => c with { WeightDecay = v }),
        .. OptimizerConstant.All.Select(ConfigKey.Constant),
        ConfigKey.Choice("clipping", ConfiguredTraining.Clippings, "what happens to gradients before an update", c => c.Clipping, (c, v) => c with { Clipping = v }),
        ConfigKey.Number("clippingLimit", false, "the limit of the clipping", c => c.ClippingLimit, (c, v) => c with { ClippingLimit = v }),
        ConfigKey.Choice("precision", ["float32", "float64"], "the numbers of every engine", c => c.Precision, (c, v) => c with { Precision = v }),
        ConfigKey.Choices("engines", EngineFactory.Names, "the engines; the first is what the others are compared with (of cells from files: equations in place of manual, no fused)", c => c.Engines, (c, v) => c with { Engines = v }),
        ConfigKey.Whole("steps", 1, int.MaxValue, "the training steps of every engine", c => c.Steps, (c, v) => c with { Steps = v }),
        ConfigKey.Whole("warmUp", 0, int.MaxValue, "the first steps, whose time does not count", c => c.WarmUp, (c, v) => c with { WarmUp = v }),
        ConfigKey.Whole("logEvery", 0, int.MaxValue, "steps between rows of metrics.csv; 0 for a 200th of all", c => c.LogEvery, (c, v) => c with { LogEvery = v }),
        ConfigKey.Whole("evaluateEvery", 0, int.MaxValue, "steps between evaluations; 0 for a 10th of all", c => c.EvaluateEvery, (c, v) => c with { EvaluateEvery = v }),
        ConfigKey.Whole("flowEvery", 0, int.MaxValue, "steps between looks at the gradients of every time step while a second copy trains with clipping the other way; 0 for none", c => c.FlowEvery, (c, v) => c with { FlowEvery = v }),
        ConfigKey.Whole("checkpointEvery", 0, int.MaxValue, "steps between checkpoints, from which an interrupted run goes on; 0 for one every half minute", c => c.CheckpointEvery, (c, v) => c with { CheckpointEvery = v }),
        ConfigKey.Choice("weightsFormat", ["safetensors", "npz"], "the format in which trained weights are saved, with PyTorch's names", c => c.WeightsFormat, (c, v) => c with { WeightsFormat = v }),
        ConfigKey.Whole("threads", 1, 1024, "the threads of every engine", c => c.Threads, (c, v) => c with { Threads = v }),
        ConfigKey.Whole("seed", 0, int.MaxValue, "what every random draw starts from", c => c.Seed, (c, v) => c with { Seed = v }),
        ConfigKey.Seeds("seeds", "several seeds, each a run of its own, and what they have in common", c => c.Seeds, (c, v) => c with { Seeds = v }),
    ];

    /// <summary>The keys that a task uses: all, but of a worked example its own.</summary>
    public static IReadOnlyList<ConfigKey> UsedBy(string task)
    {
        return WorkedExampleTable.Find(task) is { } example ? [.. All.Where(key => key.Name is "name" or "task" || example.Keys.Contains(key.Name))] : All;
    }

    /// <summary>The key of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="where">Where it stands, for the message.</param>
    /// <exception cref="InputException">There is no such key; the message names the nearest.</exception>
    public static ConfigKey Named(string name, string where)
    {
        return All.FirstOrDefault(key => key.Name == name)
            ?? throw new InputException($"{where}: there is no key '{name}'; the nearest is '{NearestName.Of(name, All.Select(key => key.Name))}'.");
    }
}
