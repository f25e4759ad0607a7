namespace RnnCompare.Experiments.Flow;

/// <summary>How large the gradient still is on its way back in time.</summary>
/// <param name="Engine">The engine that computed it.</param>
/// <param name="Norms">‖dL_T/dh_{T−k}‖₂ over the whole batch, for k = 0, 1, …; L_T is the loss of each sequence's last step alone.</param>
public sealed record FlowCurve(string Engine, IReadOnlyList<double> Norms);
