using RnnCompare.Experiments.Configs;

namespace RnnCompare.Experiments.Documents;

/// <summary>An example that a published document works out: its network, its numbers, its gradients, and nothing to train.</summary>
public interface IWorkedExample
{
    /// <summary>The word of the key <c>task</c> that runs it.</summary>
    string Name { get; }

    /// <summary>Computes the gradients with every engine of a config.</summary>
    /// <param name="config">What to run: its engines and, where the document leaves them open, sizes and seed.</param>
    ExampleResult Run(ExperimentConfig config);
}
