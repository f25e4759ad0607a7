using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Speed;

/// <summary>What the machine can do at most with some threads, in float32.</summary>
/// <param name="Threads">The threads.</param>
/// <param name="FlopsPerSecond">Floating-point operations per second, two for each multiply-add.</param>
/// <param name="BytesPerSecond">Bytes per second to and from main memory.</param>
public sealed record MachineLimit(int Threads, double FlopsPerSecond, double BytesPerSecond)
{
    /// <summary>Measures it.</summary>
    public static MachineLimit Measure(int threads)
    {
        using var workers = new Workers(threads);
        return new(threads, MachinePeak.FlopsPerSecond<float>(workers), MachinePeak.BytesPerSecond(workers));
    }

    /// <summary>The limit once more of the multiply-adds has been seen.</summary>
    public MachineLimit OrBetter(double flopsPerSecond) => this with { FlopsPerSecond = Math.Max(FlopsPerSecond, flopsPerSecond) };
}
