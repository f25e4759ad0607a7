using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Optimizers;

namespace RnnCompare.Experiments.Flow;

/// <summary>The gradients of one training step.</summary>
/// <param name="Case">How was trained: <c>clipping by norm 1</c>, <c>no clipping</c>.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Engine">The engine that computed them.</param>
/// <param name="Step">How many updates the weights had had.</param>
/// <param name="Loss">The loss of the batch of that step.</param>
/// <param name="GradientNorm">The 2-norm of all gradients, before clipping.</param>
/// <param name="ClippedNorm">The same after clipping.</param>
/// <param name="Norms">‖dL/dh_t‖₂ of the top layer, forward, for every step t.</param>
public sealed record FlowSnapshot(
    string Case, string Cell, string Engine, int Step, double Loss, double GradientNorm, double ClippedNorm, IReadOnlyList<double> Norms)
{
    /// <summary>The gradients of a batch as they are now.</summary>
    /// <param name="name">How is trained.</param>
    /// <param name="engine">An engine that sees dL/dh_t.</param>
    /// <param name="batch">The batch of the next step.</param>
    /// <param name="clipping">What will happen to the gradients.</param>
    /// <param name="step">How many updates there were.</param>
    internal static FlowSnapshot Of(string name, IRnnEngine<double> engine, SequenceBatch<double> batch, Clipping clipping, int step)
    {
        var gradients = engine.Gradients(batch);
        var norm = Norm(gradients.Weights);
        GradientClipping.Apply(clipping, gradients.Weights);
        var spec = engine.Spec;
        return new(
            name, spec.Cell.Name, engine.Name, step, gradients.Loss, norm, Norm(gradients.Weights), FlowNorms.OfSteps(gradients.Hidden!, (spec.Layers - 1) * spec.Directions));
    }

    private static double Norm(RnnWeights<double> gradients) => Math.Sqrt(gradients.Tensors.Sum(tensor => tensor.Values.Data.Sum(value => value * value)));
}
