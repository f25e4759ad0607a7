using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Bptt;

/// <summary>A network unrolled over T steps of B sequences, with its buffers: what an engine runs.</summary>
/// <typeparam name="T">The precision.</typeparam>
public interface IUnrolledNetwork<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>T.</summary>
    int Steps { get; }

    /// <summary>B.</summary>
    int BatchSize { get; }

    /// <summary>The outputs of the last forward pass, (T, B, O) or (B, O); whatever past the ends of sequences.</summary>
    NdArray<T> Outputs { get; }

    /// <summary>The top layer's hidden states (T·B, D·H); whatever past the ends of sequences.</summary>
    MatrixView<T> Features { get; }

    /// <summary>Computes states and outputs.</summary>
    void Forward(SequenceBatch<T> batch);

    /// <summary>Computes the loss of the last forward pass, and its gradients.</summary>
    /// <param name="batch">The batch of that pass.</param>
    /// <param name="gradients">The gradients of all weights, overwritten.</param>
    /// <param name="dx">The gradient of real inputs (T, B, I), overwritten; null where it is not wanted.</param>
    /// <returns>The loss.</returns>
    double Backward(SequenceBatch<T> batch, RnnWeights<T> gradients, NdArray<T>? dx);

    /// <summary>Computes the gradients of Σ_t ⟨dHidden_t, h_t⟩, for an upstream adjoint of the top layer's hidden states in place of a loss.</summary>
    /// <param name="batch">The batch of the last forward pass.</param>
    /// <param name="dHidden">The adjoint (T, B, D·H).</param>
    /// <param name="gradients">The gradients of all recurrent weights, overwritten; those of the output layer are left alone.</param>
    /// <param name="dx">The gradient of real inputs (T, B, I), overwritten; null where it is not wanted.</param>
    void Backward(SequenceBatch<T> batch, NdArray<T> dHidden, RnnWeights<T> gradients, NdArray<T>? dx);

    /// <summary>Copies the state after each sequence's last step.</summary>
    void CopyFinalState(RnnState<T> destination);

    /// <summary>Copies the gradient of the state before the first step.</summary>
    void CopyInitialGradient(RnnState<T> destination);

    /// <summary>Copies dL/dh_t of a layer and direction; whatever past the ends of sequences.</summary>
    /// <param name="index">The number of the layer and direction, in the order of <see cref="RnnState{T}"/>.</param>
    /// <param name="destination">(T·B, H).</param>
    void CopyHiddenGradient(int index, MatrixView<T> destination);
}
