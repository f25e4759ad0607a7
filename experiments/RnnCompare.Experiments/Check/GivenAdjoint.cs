using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Check;

/// <summary>A given adjoint dL/dh_t in place of targets, as a loss that has it: ½Σ(y − t)² with y_t = h_t and t_t = h_t − dL/dh_t.</summary>
internal static class GivenAdjoint
{
    /// <summary>The same network, batch and gradients with such a loss; what the prototype says of its own outputs falls away.</summary>
    /// <param name="saved">A prototype; one with targets is returned as it is.</param>
    public static SavedPrototype AsLoss(SavedPrototype saved)
    {
        if (saved.Upstream is not { } adjoint)
        {
            return saved;
        }

        var features = saved.Spec.HiddenSize * saved.Spec.Directions;
        var spec = saved.Spec with { OutputSize = features, Outputs = OutputMode.EveryStep, Loss = LossKind.SquaredError, Reduction = Reduction.Sum };
        var weights = new RnnWeights<double>(spec);
        foreach (var (name, values) in saved.Weights.Tensors.Where(tensor => !IsOfOutput(tensor.Name)))
        {
            values.Span.CopyTo(weights.Tensors.First(tensor => tensor.Name == name).Values.Span);
        }

        for (var j = 0; j < features; j++)
        {
            weights.Why[j, j] = 1;
        }

        using var manual = new ManualEngine<double>(weights);
        var hidden = manual.Forward(saved.Batch).Hidden;
        var targets = new NdArray<double>([.. hidden.Data.Zip(adjoint.Data, (h, dh) => h - dh)], [.. hidden.Shape]);
        return saved with
        {
            Weights = weights,
            Batch = saved.Batch with { Targets = new(targets) },
            Upstream = null,
            Claims = [.. saved.Claims.Where(claim => claim.Tensor is not ("loss" or "y" or "p") && !IsOfOutput(claim.Tensor[1..]))],
            MissingGradients = [.. saved.MissingGradients.Where(gradient => !IsOfOutput(gradient[1..]))],
        };
    }

    private static bool IsOfOutput(string weight) => weight is TensorNames.Why or TensorNames.By;
}
