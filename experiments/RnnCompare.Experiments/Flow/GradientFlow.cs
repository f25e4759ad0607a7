namespace RnnCompare.Experiments.Flow;

/// <summary>Gradient norms over the steps back in time, in float64.</summary>
/// <param name="Curves">A curve of each engine that sees dL/dh_t.</param>
/// <param name="SpectralNorm">The largest singular value of the top layer's Whh; NaN where it bounds nothing (gated cells).</param>
/// <remarks>
/// Of the plain cell ‖dL_T/dh_{T−k}‖ ≤ σᵏ·‖dL_T/dh_T‖, as |f′| ≤ 1 (Pascanu, Mikolov &amp; Bengio 2013): σ &lt; 1 suffices for
/// gradients to vanish, and σ &gt; 1 is only necessary for them to explode.
/// </remarks>
public sealed record GradientFlow(IReadOnlyList<FlowCurve> Curves, double SpectralNorm)
{
    /// <summary>The bound k steps back; NaN where there is none.</summary>
    public double Bound(int k) => Math.Pow(SpectralNorm, k) * Curves[0].Norms[0];
}
