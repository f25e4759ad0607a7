using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Parameters that are trained with the same options.</summary>
public class ParamGroup : optim.ILearningRateController
{
    public IEnumerable<Parameter> Parameters { get; set; } = [];

    public OptimizerOptions Options { get; set; } = new();

    public double InitialLearningRate
    {
        get => Options.InitialLearningRate;
        set => Options.InitialLearningRate = value;
    }

    /// <summary>NaN until the group is added to an optimizer, where it was not given.</summary>
    public double LearningRate
    {
        get => Options.LearningRate ?? double.NaN;
        set => Options.LearningRate = value;
    }
}
