using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Tests.Numerics;

public class LanesTests
{
    private readonly ref struct TanhKernel<T>(ref T source, ref T destination) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly ref T _source = ref source;
        private readonly ref T _destination = ref destination;

        public void Invoke<TLane>(nuint offset)
            where TLane : struct, ILane<TLane, T> =>
            TLane.Tanh(TLane.Load(ref _source, offset)).Store(ref _destination, offset);
    }

    private static T[] Tanh<T>(T[] x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var y = new T[x.Length];
        var kernel = new TanhKernel<T>(ref x[0], ref y[0]);
        Lanes.Run<T, TanhKernel<T>>(ref kernel, x.Length);
        return y;
    }

    [Fact]
    public void Tanh_IsNearAtEveryMagnitude()
    {
        var x = Enumerable.Range(-1490, 1502).SelectMany(e => new[] { Math.Pow(2, e / 10.0), -Math.Pow(2, e / 10.0) }).ToArray();
        var y = Tanh(x);
        var z = Tanh(Array.ConvertAll(x, v => (float)v));
        for (var i = 0; i < x.Length; i++)
        {
            Assert.True(Math.Abs((y[i] / Math.Tanh(x[i])) - 1) < 6e-16, $"{x[i]} {y[i]} {Math.Tanh(x[i])}");
            if (Math.Abs(x[i]) > 1e-37)
            {
                Assert.True(Math.Abs((z[i] / Math.Tanh((float)x[i])) - 1) < 3e-7, $"{x[i]} {z[i]}");
            }
        }

        Assert.Equal([-0.0, 1, -1, double.NaN], Tanh([-0.0, double.PositiveInfinity, double.NegativeInfinity, double.NaN]));
        Assert.Equal([-0f, 1, -1, float.NaN], Tanh([-0f, float.PositiveInfinity, float.NegativeInfinity, float.NaN]));
    }
}
