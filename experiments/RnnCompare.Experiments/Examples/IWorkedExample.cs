
namespace RnnCompare.Experiments.Examples;

/// <summary>An example that a published document works out: its network, its numbers, its gradients, and nothing to train.</summary>
public interface IWorkedExample
{
    /// <summary>The word of the key <c>task</c> that runs it.</summary>
    string Name { get; }

    /// <summary>The names of the keys that it uses, beside <c>name</c> and <c>task</c>.</summary>
    IReadOnlyList<string> Keys { get; }

    /// <summary>Computes the gradients with every engine of a config.</summary>
    /// <param name="config">What to run; only the values of <see cref="Keys"/> matter.</param>
    ExampleResult Run(ExperimentConfig config);
}
