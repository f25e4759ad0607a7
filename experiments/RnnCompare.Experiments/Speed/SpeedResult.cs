namespace RnnCompare.Experiments.Speed;

/// <summary>What was measured of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Engines">Each engine, the one that the others are compared with first.</param>
/// <param name="Limit">What the machine can do at most with the first engine's threads, the best of the same rounds.</param>
/// <param name="NumpyLibrary">What the NumPy prototype computed with; null where it was not measured.</param>
public sealed record SpeedResult(SpeedCase Case, IReadOnlyList<EngineSpeed> Engines, MachineLimit Limit, string? NumpyLibrary = null)
{
    /// <summary>The fastest of the engines that the first is compared with, the NumPy prototype aside; null where there is no other.</summary>
    public EngineSpeed? FastestOther => Engines.Skip(1).Where(engine => engine != Numpy).MinBy(engine => engine.Seconds.Median);

    /// <summary>The NumPy prototype; null where it was not measured.</summary>
    public EngineSpeed? Numpy => Engines.FirstOrDefault(engine => engine.Engine == "numpy");

    /// <summary>The seconds that the multiply-adds of a step take at least.</summary>
    public double LeastSeconds => Case.Flops / Limit.FlopsPerSecond;

    /// <summary>The seconds that a step takes at least to move its bytes from and to main memory; arrays that stay in the caches take less.</summary>
    public double LeastSecondsOfMemory => Case.Bytes / Limit.BytesPerSecond;

    /// <summary>The first engine's speed as a fraction of what the machine's multiply-adds allow.</summary>
    public double FractionOfLimit => LeastSeconds / Engines[0].Seconds.Median;
}
