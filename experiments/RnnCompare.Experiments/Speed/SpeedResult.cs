namespace RnnCompare.Experiments.Speed;

/// <summary>What was measured of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Engines">Each engine, the one that the others are compared with first.</param>
/// <param name="PeakFlops">What the machine can do at most with the first engine's threads, in floating-point operations per second, the best of the same rounds.</param>
public sealed record SpeedResult(SpeedCase Case, IReadOnlyList<EngineSpeed> Engines, double PeakFlops)
{
    /// <summary>The fastest of the engines that the first is compared with, the NumPy prototype aside; null for a lone engine.</summary>
    public EngineSpeed? FastestOther => Engines.Skip(1).Where(engine => engine != Numpy).MinBy(engine => engine.Seconds.Median);

    /// <summary>The NumPy prototype; null where it was not measured.</summary>
    public EngineSpeed? Numpy => Engines.FirstOrDefault(engine => engine.Engine == "numpy");

    /// <summary>The first engine's speed as a fraction of the machine's limit.</summary>
    public double FractionOfPeak => Case.Flops / Engines[0].Seconds.Median / PeakFlops;
}
