using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics;

/// <summary>What this machine can do at most, measured: the limit that speeds are given as fractions of.</summary>
/// <remarks>Every figure is the best of the short runs in a fifth of a second, because whatever else the machine does can only make a run slower.</remarks>
public static class MachinePeak
{
    private const int Chains = 12;
    private const int StreamLength = 1 << 22;

    // Some milliseconds, beside which waking a thread is short.
    private const int Rounds = 500_000;

    /// <summary>Floating-point operations per second in fused multiply-adds of registers (two operations for each element).</summary>
    /// <param name="workers">The threads that compute together; null measures the calling one.</param>
    public static double FlopsPerSecond<T>(Workers? workers = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var count = workers?.Count ?? 1;
        return 2.0 * Chains * Rounds * LaneLoop.WidestCount<T>() * count / BestSeconds(workers, count, static (ref int _, int _) => MultiplyAdds<T>());
    }

    /// <summary>Bytes per second between the caches and main memory when two long arrays are added into a third: two reads and a write for each element.</summary>
    /// <param name="workers">The threads that add together; null measures the calling one.</param>
    public static double BytesPerSecond(Workers? workers = null)
    {
        var arrays = new Streams(workers?.Count ?? 1);
        return 3.0 * sizeof(float) * StreamLength / BestSeconds(workers, arrays, static (ref Streams streams, int part) => streams.Add(part));
    }

    private static double BestSeconds<TState>(Workers? workers, TState state, WorkerPart<TState> body)
    {
        var best = double.PositiveInfinity;
        var first = Stopwatch.GetTimestamp();
        while (double.IsPositiveInfinity(best) || Stopwatch.GetElapsedTime(first).TotalSeconds < 0.2)
        {
            var start = Stopwatch.GetTimestamp();
            if (workers == null)
            {
                body(ref state, 0);
            }
            else
            {
                workers.Run(workers.Count, ref state, body);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    private static void MultiplyAdds<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var chains = default(MultiplyAddChains<T>);
        LaneLoop.RunWidest<T, MultiplyAddChains<T>>(ref chains);
    }

    private readonly struct MultiplyAddChains<T> : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Invoke<TLane>(nuint offset)
            where TLane : struct, ILane<TLane, T> => MultiplyAdds<TLane, T>();
    }

    // As many chains as hide the latency of a multiply-add and still fit into sixteen registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TLane MultiplyAdds<TLane, T>()
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var scale = TLane.Create(T.CreateTruncating(0.5));
        var shift = TLane.One;
        TLane c0 = shift, c1 = shift, c2 = shift, c3 = shift, c4 = shift, c5 = shift;
        TLane c6 = shift, c7 = shift, c8 = shift, c9 = shift, c10 = shift, c11 = shift;
        for (var round = 0; round < Rounds; round++)
        {
            c0 = TLane.MultiplyAdd(c0, scale, shift);
            c1 = TLane.MultiplyAdd(c1, scale, shift);
            c2 = TLane.MultiplyAdd(c2, scale, shift);
            c3 = TLane.MultiplyAdd(c3, scale, shift);
            c4 = TLane.MultiplyAdd(c4, scale, shift);
            c5 = TLane.MultiplyAdd(c5, scale, shift);
            c6 = TLane.MultiplyAdd(c6, scale, shift);
            c7 = TLane.MultiplyAdd(c7, scale, shift);
            c8 = TLane.MultiplyAdd(c8, scale, shift);
            c9 = TLane.MultiplyAdd(c9, scale, shift);
            c10 = TLane.MultiplyAdd(c10, scale, shift);
            c11 = TLane.MultiplyAdd(c11, scale, shift);
        }

        return c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11;
    }

    // Two arrays and their sum, cut into one part for each thread.
    private sealed class Streams(int parts)
    {
        // Filled, because memory that nobody has written yet is one page of zeros.
        private readonly float[] _a = [.. Enumerable.Repeat(1f, StreamLength)];
        private readonly float[] _b = [.. Enumerable.Repeat(2f, StreamLength)];
        private readonly float[] _sum = new float[StreamLength];

        public void Add(int part)
        {
            var (start, length) = Workers.Share(StreamLength, part, parts);
            AddKernel<float>.Run(_a.AsSpan(start, length), _b.AsSpan(start, length), _sum.AsSpan(start, length));
        }
    }
}
