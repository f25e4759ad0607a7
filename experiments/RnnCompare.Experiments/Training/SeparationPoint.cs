namespace RnnCompare.Experiments.Training;

/// <summary>What can be said of engines after some steps.</summary>
public enum Verdict
{
    /// <summary>They lie as close as rounding lets them.</summary>
    Agrees,

    /// <summary>Rounding alone decides where the weights go; the step itself is right.</summary>
    None,

    /// <summary>An engine computes something else.</summary>
    Differs,
}

/// <summary>Verdicts as words.</summary>
public static class VerdictWords
{
    /// <summary>A verdict as it stands in tables and files.</summary>
    public static string Word(this Verdict verdict) => verdict switch { Verdict.Agrees => "agrees", Verdict.None => "no verdict", _ => "differs" };
}

/// <summary>How far the weights of a group's engines lay apart after some steps.</summary>
/// <param name="Step">How many steps they had made.</param>
/// <param name="Distances">‖w − w₁‖/‖w₁‖ over all weights, to the first engine's w₁, for each other engine.</param>
/// <param name="Perturbed">The largest of the same distances of the perturbed copies: what rounding at the start, and sums in another order, have grown to.</param>
/// <param name="Verdict">What follows.</param>
/// <param name="Finding">What an engine does wrong in that very step; null where nothing was found.</param>
public sealed record SeparationPoint(int Step, IReadOnlyList<double> Distances, double Perturbed, Verdict Verdict, string? Finding = null)
{
    /// <summary>How many times the copies' distance still counts as rounding: an engine rounds in its own way at every step.</summary>
    public const double Limit = 100;

    /// <summary>The distance of the copies from which on weights say nothing any more: up to <see cref="Limit"/> times it is all there is between two networks.</summary>
    public const double Torn = 1 / Limit;

    /// <summary>Whether trajectories show that all engines agree: close to each other, where rounding has not torn them apart.</summary>
    public static bool Shows(IEnumerable<double> distances, double perturbed) => perturbed < Torn && distances.All(distance => distance <= Limit * perturbed);
}
