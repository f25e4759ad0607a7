namespace RnnCompare.Experiments.Flow.Sweeps;

/// <summary>How gradients flow: through some networks, and along a training.</summary>
/// <param name="Cases">Each network on its batch.</param>
/// <param name="Along">What was seen while networks trained; empty where none was followed.</param>
public sealed record FlowResult(IReadOnlyList<FlowCase> Cases, IReadOnlyList<FlowSnapshot> Along);
