namespace TorchSharp.Modules;

/// <summary>The options of a group of parameters; what is null takes the optimizer's value.</summary>
public class OptimizerOptions
{
    /// <summary>The step size η of the steps that follow.</summary>
    public double? LearningRate { get; set; }

    /// <summary>The rate when the group was added, from which schedules start.</summary>
    public double InitialLearningRate { get; set; }
}
