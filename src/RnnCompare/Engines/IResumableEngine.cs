using System.Numerics;

namespace RnnCompare.Engines;

/// <summary>An engine whose training can be laid down and taken up again, bit for bit, and whose gradients can be watched.</summary>
/// <typeparam name="T">The precision.</typeparam>
public interface IResumableEngine<T> : IRnnEngine<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether the training steps that follow report the size of their gradients, which costs a pass over them.</summary>
    bool MeasuresGradients { get; set; }

    /// <summary>A copy of everything but the batch that the next training step depends on.</summary>
    TrainingMemory<T> SaveTraining();

    /// <summary>Goes on where another engine of the same network and optimizer was saved: the next step is the one that it would have made.</summary>
    /// <exception cref="ArgumentException">The network or the optimizer is another.</exception>
    void RestoreTraining(TrainingMemory<T> memory);
}
