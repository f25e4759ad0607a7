using MathNet.Numerics.Distributions;

namespace RnnCompare.Experiments.Flow;

/// <summary>How fast small differences grow or die out, per step: exponents λ in nats, the largest first.</summary>
/// <param name="Values">λ₁ ≥ λ₂ ≥ …; −∞ where a direction is lost altogether.</param>
/// <param name="Lower">The lower ends of the intervals; NaN where there are too few steps for one.</param>
/// <param name="Upper">The upper ends.</param>
/// <param name="Steps">The steps that were averaged over.</param>
public sealed record LyapunovSpectrum(IReadOnlyList<double> Values, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper, int Steps)
{
    /// <summary>The chance that an interval holds its exponent, were there as many steps as one likes.</summary>
    public const double Confidence = 0.95;

    private const int MostBlocks = 20;
    private const int LeastBlocks = 4;

    /// <summary>The dimension of the attractor: as many exponents as add up to zero, the last one in part (Kaplan &amp; Yorke 1979). 0 where λ₁ &lt; 0; NaN where all that were measured add up to more.</summary>
    public double KaplanYorkeDimension
    {
        get
        {
            var sum = 0.0;
            for (var k = 0; k < Values.Count; k++)
            {
                if (sum + Values[k] < 0)
                {
                    return k + (sum / -Values[k]);
                }

                sum += Values[k];
            }

            return double.NaN;
        }
    }

    /// <summary>The spectrum from the growth of directions that are made orthogonal again and again.</summary>
    /// <param name="logs">ln of the growth of each direction between two decompositions.</param>
    /// <param name="stepsEach">The steps from one decomposition to the next.</param>
    /// <remarks>
    /// Neighbouring steps are correlated, therefore the intervals come from the means of blocks that are long beside that
    /// correlation (batch means; Student's t).
    /// </remarks>
    internal static LyapunovSpectrum Of(IReadOnlyList<double[]> logs, int stepsEach)
    {
        var blocks = Math.Min(MostBlocks, logs.Count);
        var quantile = blocks >= LeastBlocks ? StudentT.InvCDF(0, 1, blocks - 1, (1 + Confidence) / 2) : double.NaN;
        var estimates = Enumerable.Range(0, logs[0].Length)
            .Select(i => (Value: Mean(i, 0, logs.Count), HalfWidth: quantile * StandardError(i)))
            .OrderByDescending(estimate => estimate.Value).ToArray();
        return new(
            [.. estimates.Select(estimate => estimate.Value)],
            [.. estimates.Select(estimate => estimate.Value - estimate.HalfWidth)],
            [.. estimates.Select(estimate => estimate.Value + estimate.HalfWidth)],
            logs.Count * stepsEach);

        double Mean(int i, int start, int end)
        {
            var sum = 0.0;
            for (var j = start; j < end; j++)
            {
                sum += logs[j][i];
            }

            return sum / ((end - start) * stepsEach);
        }

        double StandardError(int i)
        {
            var means = Enumerable.Range(0, blocks).Select(block => Mean(i, block * logs.Count / blocks, (block + 1) * logs.Count / blocks)).ToArray();
            var mean = means.Average();
            return Math.Sqrt(means.Sum(value => (value - mean) * (value - mean)) / (blocks - 1) / blocks);
        }
    }
}
