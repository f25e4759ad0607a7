namespace TorchSharp.Modules;

/// <summary>The options of a group of parameters; what is null takes the optimizer's value.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }

    public double InitialLearningRate { get; set; }
}
