using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Engines;

/// <summary>What every engine offers: weights in and out, a forward pass, gradients, and training steps.</summary>
/// <typeparam name="T">The precision.</typeparam>
public interface IRnnEngine<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The name in tables and files: <c>manual</c>, <c>autograd</c>, <c>fused</c>.</summary>
    string Name { get; }

    /// <summary>The network.</summary>
    RnnSpec Spec { get; }

    /// <summary>The learning rate of the training steps that follow; what a schedule sets.</summary>
    double LearningRate { get; set; }

    /// <summary>A copy of the weights as they are now.</summary>
    RnnWeights<T> ReadWeights();

    /// <summary>Replaces the weights; the state of the optimizer stays.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit the network.</exception>
    void LoadWeights(RnnWeights<T> weights);

    /// <summary>Computes states and outputs.</summary>
    /// <exception cref="ArgumentException">The batch does not fit the network.</exception>
    ForwardResult<T> Forward(SequenceBatch<T> batch);

    /// <summary>Computes the loss of a batch and the gradients of everything that it depends on. Nothing is clipped, scaled or updated.</summary>
    /// <exception cref="ArgumentException">The batch does not fit the network, or has no targets.</exception>
    GradientResult<T> Gradients(SequenceBatch<T> batch);

    /// <summary>Computes the gradients of Σ_t ⟨dHidden_t, h_t⟩: an upstream adjoint of the top layer's states in place of a loss.</summary>
    /// <param name="batch">The batch; its targets are not used.</param>
    /// <param name="dHidden">(T, B, D·H); steps past a sequence's end are ignored.</param>
    /// <exception cref="ArgumentException">The batch or the adjoint does not fit the network.</exception>
    GradientResult<T> Gradients(SequenceBatch<T> batch, NdArray<T> dHidden);

    /// <summary>One training step: forward, loss, backward, clipping, update.</summary>
    /// <exception cref="ArgumentException">The batch does not fit the network, or has no targets.</exception>
    TrainingStep<T> Train(SequenceBatch<T> batch);
}
