using System.Numerics;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Tests.Numerics.Lanes;

public class LaneMathTests
{
    // The bounds that the documentation states.
    private const double TanhBound = 3;
    private const double SigmoidBound = 3;

    [Fact]
    public void TanhSingle_IsWithinItsBoundAtEveryMagnitude() =>
        AssertError<float>(new Tanh(), -149, 4, DecimalReference.TanhError, 24, TanhBound);

    [Fact]
    public void TanhDouble_IsWithinItsBoundAtEveryMagnitude() =>
        AssertError<double>(new Tanh(), -1074, 5, DecimalReference.TanhError, 53, TanhBound);

    [Fact]
    public void SigmoidSingle_IsWithinItsBoundAtEveryMagnitude() =>
        AssertError<float>(new Sigmoid(), -149, 6, DecimalReference.SigmoidError, 24, SigmoidBound);

    [Fact]
    public void SigmoidDouble_IsWithinItsBoundAtEveryMagnitude() =>
        AssertError<double>(new Sigmoid(), -1074, 9, DecimalReference.SigmoidError, 53, SigmoidBound);

    [Fact]
    public void Tanh_KeepsSpecialValues()
    {
        Assert.Equal([0.0, -0.0, 1, -1, 1, -1, double.NaN], Evaluate<double>(
            new Tanh(), [0, -0.0, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.NaN]));
        Assert.Equal([0f, -0f, 1, -1, 1, -1, float.NaN], Evaluate<float>(
            new Tanh(), [0, -0f, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.NaN]));
    }

    [Fact]
    public void ExpOfNegative_IsWithinItsBoundAtEveryMagnitude()
    {
        // Math.Exp is right to one unit in the last place of a double, which is nothing in single precision.
        for (var exponent = -30; exponent <= 6; exponent++)
        {
            for (var step = 0; step < 400; step++)
            {
                var x = -(float)Math.ScaleB(1 + (step / 400.0), exponent);
                var exact = Math.Exp(x);
                var error = Math.Abs(ExpOf(x) - exact) / (MathF.BitIncrement((float)exact) - (float)exact);
                Assert.True(exact < 1e-45 || error <= 2, $"exp({x:R}) is off by {error} ulp.");
                Assert.Equal(Math.Exp((double)x), ExpOf((double)x), 3e-16 * Math.Exp(x));
            }
        }

        Assert.Equal(0, ExpOf(double.NegativeInfinity));
        Assert.Equal(1, ExpOf(0.0));
        Assert.True(double.IsNaN(ExpOf(double.NaN)));
    }

    private static T ExpOf<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var lane = LaneMath.ExpOfNegative<ScalarLane<T>, T>(ScalarLane<T>.Create(x));
        var result = T.Zero;
        lane.Store(ref result, 0);
        return result;
    }

    [Fact]
    public void Sigmoid_KeepsSpecialValues()
    {
        Assert.Equal([0.5, 0.5, 1, 0, 1, 0, double.NaN], Evaluate<double>(
            new Sigmoid(), [0, -0.0, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.NaN]));
        Assert.Equal([0.5f, 0.5f, 1, 0, 1, 0, float.NaN], Evaluate<float>(
            new Sigmoid(), [0, -0f, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.NaN]));
    }

    private static void AssertError<T>(IFunction function, int from, int to, Func<double, double, int, double> error, int bits, double bound)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Random significands: some at every power of two, many where the result is not yet the argument or its limit.
        var random = new Random(11);
        var x = Enumerable.Range(from, to - from + 1)
            .SelectMany(exponent => Enumerable.Range(0, exponent < -30 ? 4 : 2000)
                .Select(_ => T.CreateTruncating(Math.ScaleB((1 + random.NextDouble()) * (1 - (2 * random.Next(2))), exponent))))
            .Where(value => value != T.Zero)
            .ToArray();
        var y = Evaluate(function, x);
        var worst = Enumerable.Range(0, x.Length)
            .Select(i => (Error: error(double.CreateTruncating(x[i]), double.CreateTruncating(y[i]), bits), x[i], y[i]))
            .MaxBy(item => item.Error);
        Assert.True(worst.Error <= bound, $"{worst}");
        TestContext.Current.SendDiagnosticMessage($"{function.GetType().Name} {bits}: {worst}");
    }

    // With every lane type; all must give the same bits.
    private static T[] Evaluate<T>(IFunction function, T[] x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var y = At<ScalarLane<T>, T>(function, x);
        Assert.Equal(y, At<Lane128<T>, T>(function, x));
        Assert.Equal(y, At<Lane256<T>, T>(function, x));
        Assert.Equal(y, At<Lane512<T>, T>(function, x));
        return y;
    }

    private static T[] At<TLane, T>(IFunction function, T[] x)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var padded = new T[x.Length + TLane.Count];
        x.CopyTo(padded, 0);
        for (var i = 0; i < x.Length; i += TLane.Count)
        {
            function.Apply<TLane, T>(TLane.Load(ref padded[0], (nuint)i)).Store(ref padded[0], (nuint)i);
        }

        return padded[..x.Length];
    }

    private interface IFunction
    {
        TLane Apply<TLane, T>(TLane x)
            where TLane : struct, ILane<TLane, T>
            where T : unmanaged, IFloatingPointIeee754<T>;
    }

    private sealed class Tanh : IFunction
    {
        public TLane Apply<TLane, T>(TLane x)
            where TLane : struct, ILane<TLane, T>
            where T : unmanaged, IFloatingPointIeee754<T> => TLane.Tanh(x);
    }

    private sealed class Sigmoid : IFunction
    {
        public TLane Apply<TLane, T>(TLane x)
            where TLane : struct, ILane<TLane, T>
            where T : unmanaged, IFloatingPointIeee754<T> => TLane.Sigmoid(x);
    }
}
