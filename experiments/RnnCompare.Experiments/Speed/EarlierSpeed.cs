using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Experiments.Speed;

/// <summary>The time of an engine's step now over that of an earlier measurement on the same machine.</summary>
/// <param name="Case">The case, as tables name it.</param>
/// <param name="Engine">The engine.</param>
/// <param name="Earlier">The median seconds of a step then.</param>
/// <param name="Now">The median seconds of a step now.</param>
/// <param name="Lower">The lower end of the 95 % interval of now over earlier.</param>
/// <param name="Upper">The upper end.</param>
/// <param name="Machine">What the machine itself can do now over what it could then, in multiply-adds: below 1, everything takes longer now.</param>
public sealed record EarlierSpeed(string Case, string Engine, double Earlier, double Now, double Lower, double Upper, double Machine)
{
    private const int Draws = 2000;
    private const int Seed = 1;
    private const double Confidence = 0.95;

    /// <summary>Now over earlier: below 1, it is faster now.</summary>
    public double Ratio => Now / Earlier;

    /// <summary>What the rounds allow to say.</summary>
    public string Verdict => Upper < 1 ? "faster" : Lower > 1 ? "slower" : "no difference";

    /// <summary>Compares the rounds of two measurements.</summary>
    /// <remarks>
    /// A bootstrap of both medians. Rounds of one measurement share what else the machine did at that time, which no interval
    /// from within can show; the machine's own limit, measured in the same rounds, tells of it.
    /// </remarks>
    internal static EarlierSpeed Of(string name, string engine, IReadOnlyList<double> earlier, IReadOnlyList<double> now, double machine)
    {
        var random = new NumpyGenerator(Seed);
        double[] ratios = [.. Enumerable.Range(0, Draws).Select(_ => Median(Drawn(now)) / Median(Drawn(earlier))).Order()];
        return new(name, engine, Median(earlier), Median(now), At((1 - Confidence) / 2), At((1 + Confidence) / 2), machine);

        double At(double fraction) => ratios[(int)Math.Round(fraction * (Draws - 1))];

        double[] Drawn(IReadOnlyList<double> seconds) => [.. random.Integers(0, seconds.Count, seconds.Count).Data.Select(index => seconds[(int)index])];
    }

    private static double Median(IReadOnlyList<double> values) => Quartiles.Of(values).Median;
}
