using RnnCompare.Prototypes.Files;

namespace RnnCompare.Experiments.Training;

/// <summary>An experiment whose data are read and whose engines stand ready: nothing that the user gave can be wrong any more.</summary>
public interface IExperiment : IDisposable
{
    /// <summary>The config as resolved.</summary>
    ExperimentConfig Config { get; }

    /// <summary>Compares gradients, trains, and measures.</summary>
    /// <param name="observer">Who watches.</param>
    /// <param name="keeper">Keeps what was reached while training goes on.</param>
    /// <param name="cancellation">Ends the training after the current step; what was measured so far is returned.</param>
    /// <exception cref="OperationCanceledException">It was cancelled before training began.</exception>
    RunResult Run(IRunObserver observer, IRunKeeper keeper, CancellationToken cancellation);

    /// <summary>The same, where nothing is kept on the way.</summary>
    RunResult Run(IRunObserver observer, CancellationToken cancellation) => Run(observer, new NothingKept(), cancellation);

    /// <summary>Goes on from a checkpoint of the same config, before it runs.</summary>
    /// <exception cref="InvalidDataException">The checkpoint is not of this experiment.</exception>
    void Restore(NamedArrays checkpoint);
}
