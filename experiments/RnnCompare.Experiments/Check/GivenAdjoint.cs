using RnnCompare.Data;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Check;

/// <summary>Layers that are given an adjoint of their hidden states in place of a loss.</summary>
internal static class GivenAdjoint
{
    // What belongs to an output layer and a loss, which such a prototype has not.
    private static readonly string[] Beyond = ["loss", "y", "p", TensorNames.Gradient(TensorNames.Why), TensorNames.Gradient(TensorNames.By)];

    /// <summary>The names of <see cref="SavedPrototype.Claims"/> that a given adjoint says nothing of.</summary>
    public static bool IsBeyond(string tensor) => Beyond.Contains(tensor);

    /// <summary>The same prototype with a loss whose gradient with respect to h is the given adjoint; itself where it has targets.</summary>
    /// <remarks>With outputs y = h and targets h − dh, the gradient of ½·Σ(y − t)² is dh.</remarks>
    public static SavedPrototype AsTargets(SavedPrototype saved)
    {
        if (saved.Upstream is not { } adjoint)
        {
            return saved;
        }

        var spec = saved.Spec with { OutputSize = saved.Spec.FeatureSize, Loss = LossKind.SquaredError, Reduction = Reduction.Sum, Outputs = OutputMode.EveryStep };
        var weights = new RnnWeights<double>(spec);
        foreach (var (name, values) in weights.Tensors)
        {
            if (name is not (TensorNames.Why or TensorNames.By))
            {
                saved.Weights[name].Span.CopyTo(values.Span);
            }
        }

        for (var i = 0; i < spec.OutputSize; i++)
        {
            weights.Why[i, i] = 1;
        }

        using var engine = CellEngine.Create(weights);
        var hidden = engine.Forward(saved.Batch).Hidden;
        var targets = new NdArray<double>([.. hidden.Shape]);
        for (var i = 0; i < targets.Length; i++)
        {
            targets.Data[i] = hidden.Data[i] - adjoint.Data[i];
        }

        return saved with
        {
            Weights = weights,
            Batch = saved.Batch with { Targets = new SequenceTargets<double>(targets) },
            Claims = [.. saved.Claims.Where(claim => !IsBeyond(claim.Tensor))],
            MissingGradients = [.. saved.MissingGradients.Where(tensor => !IsBeyond(tensor))],
        };
    }
}
