
namespace RnnCompare.Experiments.Training;

/// <summary>An experiment whose data are read and whose engines stand ready: nothing that the user gave can be wrong any more.</summary>
public interface IExperiment : IDisposable
{
    /// <summary>The config as resolved.</summary>
    ExperimentConfig Config { get; }

    /// <summary>Compares gradients, trains, and measures.</summary>
    /// <param name="observer">Who watches.</param>
    /// <param name="cancellation">Ends the training after the current step; what was measured so far is returned.</param>
    RunResult Run(IRunObserver observer, CancellationToken cancellation);
}
