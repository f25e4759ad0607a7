using RnnCompare.Checking.Faults;
using RnnCompare.Checking.Replay;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>Finds gradients that are right, or wrong in a known way, but for one factor that all of them share: clipped to a norm, divided by it, or multiplied by a negative number.</summary>
internal sealed class CommonScale(IReplay replay, Evidence evidence, ReplayFits fits)
{
    /// <summary>Whether a mistake is one that is found here.</summary>
    public static bool Concerns(Fault fault) => fault.Id == "clipped-by-norm" || (fault.Id == "normalised" && fault.Parameters["norm"].StartsWith("that", StringComparison.Ordinal));

    /// <summary>The rescaling that, after a set of mistakes, explains every array; none or one.</summary>
    public IEnumerable<Fault> Find(FaultSets sets, IReadOnlyList<int> set)
    {
        if (set.Any(i => Concerns(sets.Catalogue[i]) || (sets.Catalogue[i].Edits & Statement.Clipping) != 0))
        {
            yield break;
        }

        var variant = sets.VariantOf(set);
        if (Factor(variant) is not { } factor || !evidence.Names.All(name => Explains(name, variant, factor)))
        {
            yield break;
        }

        var norm = replay.WeightGradientNorm(variant);
        if (factor > 0 && Math.Abs((factor * norm) - 1) < 1e-4)
        {
            yield return sets.Catalogue.First(fault => fault.Id == "normalised" && Concerns(fault));
        }

        if (factor < 0)
        {
            yield return ScaleFaults.Multiplied(factor);
        }
        else if (factor < 1)
        {
            yield return ScaleFaults.ClippedByNorm(factor * norm);
        }
    }

    // The factor between the gradients of all weights together, of which the largest say most, and what the program says of them; null for none or 1.
    private double? Factor(Variant variant)
    {
        var (product, square) = (0.0, 0.0);
        foreach (var name in evidence.Names.Where(TensorKind.IsWeightGradient))
        {
            var values = replay.Values(name, variant);
            product += Product(values, evidence.Claim(name));
            square += Product(values, values);
        }

        var factor = product / square;
        return factor is not (0 or -1) && double.IsFinite(factor) && !evidence.Names.All(name => fits.Fits(name, variant)) ? factor : null;
    }

    private bool Explains(string name, Variant variant, double factor)
    {
        if (!TensorKind.IsWeightGradient(name))
        {
            return fits.Fits(name, variant);
        }

        var scaled = replay.Values(name, variant).Clone();
        Finishing.Multiply(scaled, factor);
        return evidence.Fit(name, scaled) <= 1;
    }

    private static double Product(NdArray<double> a, NdArray<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a.Data[i] * b.Data[i];
        }

        return sum;
    }
}
