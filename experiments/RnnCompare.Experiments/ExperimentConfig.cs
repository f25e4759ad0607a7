using RnnCompare.Optimizers;

namespace RnnCompare.Experiments;

/// <summary>Everything that decides the numbers of a run. <c>ConfigKeys</c> says what each value may be; the defaults are the main job.</summary>
public sealed record ExperimentConfig
{
    /// <summary>What the run is called, in reports and in its folder's name.</summary>
    public string Name { get; init; } = "names";

    /// <summary>The task, one of <c>TaskTable</c>.</summary>
    public string Task { get; init; } = "names";

    /// <summary>The full path of the data file; empty for the data that ships with the task.</summary>
    public string Data { get; init; } = "";

    /// <summary>Of the task forecast the columns that enter, of classify the one that holds the sequences, by name or number; empty for the usual ones.</summary>
    public string InputColumns { get; init; } = "";

    /// <summary>The column that is forecast, or that holds the labels, by name or number; empty for the last one.</summary>
    public string TargetColumn { get; init; } = "";

    /// <summary>How many steps ahead the task forecast looks.</summary>
    public int Horizon { get; init; } = 1;

    /// <summary>The cells to train, separated by commas; each is a network of its own.</summary>
    public string Cells { get; init; } = "tanh";

    /// <summary>The cells one by one.</summary>
    public IReadOnlyList<string> CellList => Cells.Split(',');

    /// <summary>H.</summary>
    public int HiddenSize { get; init; } = 100;

    /// <summary>L.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether the network also reads from the end.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>The full path of the weights to start from, with PyTorch's names; empty for the initializer's.</summary>
    public string Weights { get; init; } = "";

    /// <summary>The initializer of the weights, one of <see cref="RnnCompare.Models.Initialization.InitializerTable"/>.</summary>
    public string Initializer { get; init; } = "normal";

    /// <summary>What every matrix of the initializer is multiplied by.</summary>
    public double InitialScale { get; init; } = 1;

    /// <summary>What Whh is multiplied by besides.</summary>
    public double RecurrentScale { get; init; } = 1;

    /// <summary>Where every bias starts; 0 keeps the initializer's value.</summary>
    public double InitialBias { get; init; }

    /// <summary>Where the forget gate's bias starts; 0 keeps the value of the other biases.</summary>
    public double ForgetBias { get; init; }

    /// <summary>T, the steps of a window or of a generated sequence.</summary>
    public int SequenceLength { get; init; } = 25;

    /// <summary>B.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>k₁ of truncated backpropagation through time: the steps of a batch from one update to the next; 0 for whole batches.</summary>
    public int TruncationSteps { get; init; }

    /// <summary>k₂: the steps that gradients then go back; 0 for k₁.</summary>
    public int TruncationWindow { get; init; }

    /// <summary>How single losses are put together: sum or mean.</summary>
    public string Reduction { get; init; } = "sum";

    /// <summary>The optimizer.</summary>
    public string Optimizer { get; init; } = "adagrad";

    /// <summary>The optimizer's learning rate.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>How the learning rate changes: constant, step, exponential or cosine.</summary>
    public string Schedule { get; init; } = "constant";

    /// <summary>γ of the step and exponential schedules.</summary>
    public double ScheduleFactor { get; init; } = 0.1;

    /// <summary>Steps between the falls of the step schedule, and of half a wave of the cosine one; 0 for all steps.</summary>
    public int ScheduleSteps { get; init; }

    /// <summary>The least learning rate of the cosine schedule.</summary>
    public double ScheduleMinimum { get; init; }

    /// <summary>λ of every optimizer.</summary>
    public double WeightDecay { get; init; }

    /// <summary>The other constants of optimizers, by their keys; those that were not given are the optimizer's own.</summary>
    public OptimizerConstants Constants { get; init; } = new();

    /// <summary>What happens to gradients before an update: none, value or norm.</summary>
    public string Clipping { get; init; } = "value";

    /// <summary>The limit of the clipping.</summary>
    public double ClippingLimit { get; init; } = 5;

    /// <summary>float32 or float64.</summary>
    public string Precision { get; init; } = "float32";

    /// <summary>The engines to train, separated by commas; the first is what the others are compared with.</summary>
    public string Engines { get; init; } = "manual,autograd,fused";

    /// <summary>The engines one by one.</summary>
    public IReadOnlyList<string> EngineList => Engines.Split(',');

    /// <summary>The training steps of every engine.</summary>
    public int Steps { get; init; } = 10_000;

    /// <summary>The first steps, whose time does not count.</summary>
    public int WarmUp { get; init; } = 100;

    /// <summary>Steps between two rows of metrics.csv; 0 for a 200th of all.</summary>
    public int LogEvery { get; init; }

    /// <summary>Steps between two evaluations; 0 for a 10th of all.</summary>
    public int EvaluateEvery { get; init; }

    /// <summary>Steps between two looks at the gradients of every time step, with clipping and without; 0 for none.</summary>
    public int FlowEvery { get; init; }

    /// <summary>Steps between two checkpoints; 0 for one every half minute.</summary>
    public int CheckpointEvery { get; init; }

    /// <summary>The files that trained weights are saved in: safetensors or npz.</summary>
    public string WeightsFormat { get; init; } = "safetensors";

    /// <summary>The threads of every engine.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>What every random draw starts from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Several seeds: a number N for N of them from <see cref="Seed"/> on, or a list separated by commas; empty for <see cref="Seed"/> alone.</summary>
    public string Seeds { get; init; } = "";
}
