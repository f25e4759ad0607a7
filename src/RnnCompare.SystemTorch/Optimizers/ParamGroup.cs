using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Parameters that are trained with the same options.</summary>
public class ParamGroup : optim.ILearningRateController
{
    /// <summary>What is trained; walked through once, when the group is added to an optimizer.</summary>
    public IEnumerable<Parameter> Parameters { get; set; } = [];

    /// <summary>The options; the optimizer fills in what they leave open.</summary>
    public OptimizerOptions Options { get; set; } = new();

    /// <inheritdoc/>
    public double InitialLearningRate
    {
        get => Options.InitialLearningRate;
        set => Options.InitialLearningRate = value;
    }

    /// <summary>The step size η of the steps that follow; NaN until the group is added to an optimizer, where it was not given.</summary>
    public double LearningRate
    {
        get => Options.LearningRate ?? double.NaN;
        set => Options.LearningRate = value;
    }
}
