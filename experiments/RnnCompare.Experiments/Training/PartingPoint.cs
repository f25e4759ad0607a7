namespace RnnCompare.Experiments.Training;

/// <summary>How far the weights of a group's engines lay apart after some steps.</summary>
/// <param name="Step">How many steps they had made.</param>
/// <param name="Distances">‖w − w₁‖/‖w₁‖ over all weights, to the first engine's w₁, for each other engine.</param>
/// <param name="Twin">The same for the twin: what one rounding at the start has grown to.</param>
public sealed record PartingPoint(int Step, IReadOnlyList<double> Distances, double Twin)
{
    /// <summary>How many times the twin's distance still counts as rounding: an engine rounds at every step, the twin only once.</summary>
    public const double Limit = 100;

    /// <summary>Whether all engines lie as close as rounding lets them.</summary>
    public bool Agrees => Distances.All(distance => distance <= Limit * Twin);
}
