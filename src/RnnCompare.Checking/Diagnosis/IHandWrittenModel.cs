using System.Numerics;
using RnnCompare.Checking.Comparison;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>A recurrent network whose gradients someone wrote by hand, to be checked.</summary>
/// <typeparam name="T">The precision it computes in.</typeparam>
public interface IHandWrittenModel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The weights it computes with, and with them the network.</summary>
    RnnWeights<T> Weights { get; }

    /// <summary>Computes any of <c>loss</c> (), <c>y</c> and <c>p</c> (T, B, O) or (B, O), <c>h</c> (T, B, D·H), <c>hT</c> and <c>cT</c> (L·D, B, H); nothing where it keeps them to itself.</summary>
    IReadOnlyDictionary<string, NdArray<T>> Forward(SequenceBatch<T> batch);

    /// <summary>Computes gradients of the loss under the names of <see cref="TensorSet"/>: <c>dWhh</c>, <c>dbh</c>, <c>dWxh.1</c>, …, <c>dx</c>, <c>dh0</c>, <c>dc0</c>, <c>dh</c>; any of them.</summary>
    IReadOnlyDictionary<string, NdArray<T>> Gradients(SequenceBatch<T> batch);
}
