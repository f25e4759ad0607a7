using RnnCompare.Checking.Comparison;
using RnnCompare.Data;
using RnnCompare.Models;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>A network that somebody wrote by hand in C#: what it computes forward, and which gradients it says there are.</summary>
public interface IHandWrittenModel
{
    /// <summary>The weights that it computes with, and with them the network.</summary>
    RnnWeights<double> Weights { get; }

    /// <summary>The precision that it computes in; agreement is judged by what that costs.</summary>
    Precision Precision => Precision.Float64;

    /// <summary>The forward pass: any of <c>y</c>, <c>p</c>, <c>h</c>, <c>loss</c>.</summary>
    TensorSet Forward(SequenceBatch<double> batch);

    /// <summary>The gradients: any of <c>dWxh</c>, <c>dWhh</c>, <c>dbh</c>, <c>dWhy</c>, <c>dby</c>, <c>dx</c>, <c>dh0</c>, <c>dh</c>, …</summary>
    TensorSet Gradients(SequenceBatch<double> batch);
}
