using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Finds L2: λ·W in the gradient of matrices, with ½·λ·‖W‖² in the loss.</summary>
internal static class WeightDecay
{
    private const double Smallest = 1e-7;

    /// <summary>The λ with which gradients and loss fit; none or one.</summary>
    public static IEnumerable<double> Of(IReadOnlyList<GradientClaims> claims, RnnWeights<double> weights, GradientResult<double> sum, double factor, double? loss)
    {
        double[] found = [.. claims.Where(claim => AppliesTo(claim.Tensor, weights)).Select(claim => Of(claim, weights, sum, factor)).OfType<double>()];
        if (found.Length == 0 || loss is not { } stated)
        {
            yield break;
        }

        var decay = found.Order().ElementAt(found.Length / 2);
        var rest = stated - (factor * sum.Loss);
        if (Math.Abs(rest - (decay * HalfSquares(weights))) < Trial.Met * Math.Abs(stated))
        {
            yield return decay;
        }
    }

    /// <summary>Whether a weight decays: matrices do, biases do not.</summary>
    public static bool AppliesTo(string tensor, RnnWeights<double> weights)
    {
        return weights.Tensors.Any(other => other.Name == tensor && other.Values.Rank == 2);
    }

    /// <summary>½·Σ‖W‖² over all matrices.</summary>
    public static double HalfSquares(RnnWeights<double> weights)
    {
        return weights.Tensors.Where(tensor => tensor.Values.Rank == 2).Sum(tensor => tensor.Values.Data.Sum(value => value * value)) / 2;
    }

    private static double? Of(GradientClaims claim, RnnWeights<double> weights, GradientResult<double> sum, double factor)
    {
        var (own, right) = (weights[claim.Tensor].Data, sum.Weights[claim.Tensor].Data);
        var values = claim.Values(sum.Weights, factor, 0, weights).Data;
        var (product, square) = (0.0, 0.0);
        for (var i = 0; i < own.Length; i++)
        {
            product += own[i] * (values[i] - (factor * right[i]));
            square += own[i] * own[i];
        }

        var decay = product / square;
        var left = claim.Distance(sum.Weights, factor, decay, weights);
        return decay > Smallest && left < Trial.Met && claim.Distance(sum.Weights, factor, 0, weights) > 100 * left ? decay : null;
    }
}
