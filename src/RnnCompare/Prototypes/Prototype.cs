using RnnCompare.Data;
using RnnCompare.Data.Layouts;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Prototypes;

/// <summary>What someone's hand-written model saved, in canonical form: its network, the batch that it ran on, and what it says came out.</summary>
public sealed record Prototype
{
    /// <summary>The convention of its arrays.</summary>
    public required Convention Convention { get; init; }

    /// <summary>What was said about the arrays; the rest follows from them.</summary>
    public required PrototypeOptions Options { get; init; }

    /// <summary>The weights, and with them the network.</summary>
    public required RnnWeights<double> Weights { get; init; }

    /// <summary>Inputs, initial state, lengths and, unless an adjoint is given in their place, targets.</summary>
    public required SequenceBatch<double> Batch { get; init; }

    /// <summary>A given adjoint of the hidden states (T, B, D·H), the <c>dh</c> of a prototype without targets; otherwise null.</summary>
    public NdArray<double>? Upstream { get; init; }

    /// <summary>The arrays that the prototype started from: weights, inputs and states, with their types.</summary>
    public required IReadOnlyList<PrototypeArray<double>> Given { get; init; }

    /// <summary>
    /// What the prototype says came out: <c>loss</c> (), <c>y</c> and <c>p</c> (T, B, O) or (B, O), <c>h</c> (T, B, D·H), <c>dh</c> (L·D, T, B, H),
    /// <c>dx</c> (T, B, I), <c>dh0</c>, <c>dc0</c> (L·D, B, H), and gradients in the shapes of their weights, with that of a
    /// <see cref="SecondBias"/> under its own name. NaN and infinity may be among them; what lies past a sequence's length is zero.
    /// </summary>
    public required IReadOnlyList<PrototypeArray<double>> Claims { get; init; }

    /// <summary>Canonical names of the gradients that the prototype does not have though it has their weights; see <see cref="NameOf"/>.</summary>
    public required IReadOnlyList<string> MissingGradients { get; init; }

    /// <summary>Arrays that nothing here knows.</summary>
    public required IReadOnlyList<string> Ignored { get; init; }

    /// <summary>The network.</summary>
    public RnnSpec Spec => Weights.Spec;

    /// <summary>The prototype's own name of a canonical array or of its gradient, as messages should use it; the canonical one where it has none.</summary>
    public string NameOf(string tensor)
    {
        foreach (var array in Claims.Concat(Given))
        {
            if (array.Tensor == tensor)
            {
                return array.Name;
            }

            if (tensor == TensorNames.Gradient(array.Tensor))
            {
                return TensorNames.Gradient(array.Name);
            }
        }

        return tensor;
    }
}
