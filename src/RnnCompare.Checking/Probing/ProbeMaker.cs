using RnnCompare.Models;

namespace RnnCompare.Checking.Probing;

/// <summary>Makes probes.</summary>
public static class ProbeMaker
{
    private const int Tries = 8;

    /// <summary>Draws weights and a batch, several times over, and returns what tells most mistakes apart.</summary>
    /// <param name="spec">The network. Layer sizes above 1 that differ from each other tell more.</param>
    /// <param name="steps">T.</param>
    /// <param name="batchSize">B.</param>
    /// <param name="seed">Decides the draws.</param>
    /// <param name="sigma">The standard deviation of the weights.</param>
    /// <param name="lengths">Whether sequences end at different steps; programs that know no lengths need a probe without.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="ArgumentException">The cell's equations are not known to the checker.</exception>
    public static Probe Make(RnnSpec spec, int steps, int batchSize, int seed = 1, double sigma = 0.3, bool lengths = true)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var random = new Random(seed);
        Probe? best = null;
        for (var i = 0; i < Tries; i++)
        {
            var weights = RandomProblem.Weights(spec, random, sigma);
            var batch = RandomProblem.Batch(spec, random, steps, batchSize, tokens: false, lengths: lengths && steps > 1 && batchSize > 1, state: true);
            var probe = new Discrimination(weights, batch).Judge();
            best = best is null || Loss(probe) < Loss(best) ? probe : best;
        }

        return best!;
    }

    private static int Loss(Probe probe) => probe.BlindTo.Count + probe.NotToldApart.Count;
}
