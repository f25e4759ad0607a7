namespace RnnCompare.Experiments.Flow.Sweeps;

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
    string Case, string Cell, string Engine, int Step, double Loss, double GradientNorm, double ClippedNorm, IReadOnlyList<double> Norms);
