using System.Globalization;
using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Flow;

/// <summary>What the largest singular value of Whh says of gradients, and what it does not.</summary>
/// <param name="SpectralNorm">σ, the largest singular value of the top layer's Whh.</param>
/// <param name="Gamma">γ, the largest magnitude of the activation's derivative: 1 for tanh and relu.</param>
/// <remarks>
/// Pascanu, Mikolov &amp; Bengio 2013: ‖∂h_t/∂h_{t−1}‖ ≤ γσ, so that ‖∂L/∂h_{T−k}‖ ≤ (γσ)ᵏ·‖∂L/∂h_T‖. σ &lt; 1/γ suffices for
/// gradients to vanish; σ &gt; 1/γ is necessary for them to explode and does not suffice.
/// </remarks>
public sealed record GradientBound(double SpectralNorm, double Gamma)
{
    /// <summary>What follows, in words.</summary>
    public string Sentence
    {
        get
        {
            var sigma = SpectralNorm.ToString("0.####", CultureInfo.InvariantCulture);
            return SpectralNorm < 1 / Gamma
                ? $"σmax(Whh) = {sigma} < 1/γ = 1: that suffices for gradients to vanish, at least as fast as {sigma}ᵏ."
                : $"σmax(Whh) = {sigma} ≥ 1/γ = 1: gradients may explode but need not; this is necessary for exploding, not sufficient.";
        }
    }

    /// <summary>The bound k steps back, for a gradient of the given norm at the last step.</summary>
    public double At(int k, double last) => Math.Pow(Gamma * SpectralNorm, k) * last;

    /// <summary>The bound of a network; null for gated cells, which have other paths for the gradient than Whh.</summary>
    internal static GradientBound? Of(RnnWeights<double> weights)
    {
        return weights.Spec.Cell is RnnCell ? new(LargestSingularValue(weights.Layer(weights.Spec.Layers - 1).Whh), 1) : null;
    }

    /// <summary>The largest singular value of a matrix.</summary>
    internal static double LargestSingularValue(NdArray<double> matrix)
    {
        return new MathNet.Numerics.LinearAlgebra.Double.DenseMatrix(matrix.Columns, matrix.Rows, [.. matrix.Data]).Svd(computeVectors: false).S[0];
    }
}
