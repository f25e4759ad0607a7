using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Training;
using RnnCompare.Optimizers;

namespace RnnCompare.Experiments.Migration;

/// <summary>How a prototype is trained, in the keys of config files.</summary>
public static class TrainingChoice
{
    // Plain SGD is what a prototype does of which nothing is known.
    private static readonly string[] Assumed = ["optimizer=sgd", "learningRate=0.01", "clipping=none"];

    /// <summary>The keys.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        ["optimizer", "learningRate", "weightDecay", .. OptimizerConstant.All.Select(constant => constant.Key), "clipping", "clippingLimit"];

    /// <summary>What was said, over plain SGD with a learning rate of 0.01.</summary>
    /// <param name="assignments">Each <c>key=value</c>.</param>
    /// <exception cref="InputException">There is no such key, or its value is not accepted.</exception>
    public static TrainingOptions Read(IEnumerable<string> assignments)
    {
        GivenValue[] given = [.. assignments.Select(GivenValue.Parse)];
        if (given.FirstOrDefault(value => !Keys.Contains(value.Key.Name)) is { } stranger)
        {
            throw new InputException($"{stranger.Value.Where}: {stranger.Key.Name} says nothing about an update; the keys are {string.Join(", ", Keys)}.");
        }

        var training = ConfiguredTraining.Options(GivenValue.Resolve([.. Assumed.Select(GivenValue.Parse), .. given]));
        return ProjectFiles.Trains(training.Optimizer) ? training : throw new InputException($"optimizer is {training.Optimizer.Name}, with which migrated projects do not train: it has no lines in the template Training.cs.");
    }
}
