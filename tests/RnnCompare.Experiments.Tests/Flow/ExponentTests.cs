using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using RnnCompare.Cells;
using RnnCompare.Experiments.Flow;
using RnnCompare.Models.Initialization;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Products;

namespace RnnCompare.Experiments.Tests.Flow;

public class ExponentTests
{
    private const int ChaosSize = 512;

    // h_t = tanh(W·h_{t−1}), W ~ N(0, g²/N), no input: Engelken, Wolf & Abbott 2020, N = 4096. At N = 512 one matrix differs
    // from another by some 0.001 in λ₁ and 0.004 in D/N, of which the mean over some is taken.
    [Theory]
    [InlineData(1.5, 0.0649, 0.165, 3, 112)]
    [InlineData(3.0, 0.3096, 0.287, 1, 176)]
    public void ChaoticNetwork_HasThePublishedExponentAndDimension(double gain, double exponent, double dimension, int matrices, int directions)
    {
        var spectra = Enumerable.Range(1, matrices).Select(seed => Chaos(gain, seed, directions)).ToArray();
        var (value, dimensions) = (spectra.Average(spectrum => spectrum.Values[0]), spectra.Average(spectrum => spectrum.KaplanYorkeDimension / ChaosSize));
        Assert.True(Math.Abs(value - exponent) <= 0.01, $"λ₁ is {value:F4}, published {exponent}");
        Assert.True(Math.Abs(dimensions - dimension) <= 0.01, $"D/N is {dimensions:F4}, published {dimension}");

        // The interval is honest about what the steps leave open: it holds the published value, and is no wider than it need be.
        Assert.All(spectra, spectrum => Assert.InRange(spectrum.Upper[0] - spectrum.Lower[0], 1e-3, 0.03));
        Assert.Contains(spectra, spectrum => spectrum.Lower[0] <= exponent + 0.002 && spectrum.Upper[0] >= exponent - 0.002);
    }

    private static LyapunovSpectrum Chaos(double gain, int seed, int directions)
    {
        const int Transient = 200, Steps = 500, StepsEach = 5, WarmUp = 100;
        var weights = FlowSamples.Weights(RnnCell.Tanh, ChaosSize, new NormalInitializer { Scale = gain / Math.Sqrt(ChaosSize) }, seed);
        var record = FlowSamples.Record(weights, FlowSamples.Silence(weights.Spec, Transient + Steps, size: 0.5, seed: 2));
        var adjoint = new StepAdjoint(weights, record);
        var start = new OrthogonalInitializer().Draw(new(directions, ChaosSize, ChaosSize, directions), new Random(3));
        var product = new TriangularProduct((rows, t) => adjoint.PullBack(rows, t, 0), start);
        for (var t = Transient + Steps - 1; t >= Transient; t -= StepsEach)
        {
            product.Add([.. Enumerable.Range(0, StepsEach).Select(i => t - i)]);
        }

        return LyapunovSpectrum.Of([.. product.Logs.Skip(WarmUp / StepsEach)], StepsEach);
    }

    // Below g = 1 the state dies out, and the Jacobian of every step is W itself.
    [Fact]
    public void QuietNetwork_HasTheLogarithmsOfTheEigenvalues()
    {
        const int N = 24, WarmUp = 1000, Steps = 2000;
        var weights = FlowSamples.Weights(RnnCell.Tanh, N, new NormalInitializer { Scale = 0.7 / Math.Sqrt(N) }, seed: 6);
        var adjoint = new StepAdjoint(weights, FlowSamples.Record(weights, FlowSamples.Silence(weights.Spec, steps: 1, size: 0, seed: 0)));
        var product = new TriangularProduct((rows, _) => adjoint.PullBack(rows, 0, 0), StepSpectra.Identity(N));
        for (var t = 0; t < WarmUp + Steps; t++)
        {
            product.Add(t);
        }

        var exponents = LyapunovSpectrum.Of([.. product.Logs.Skip(WarmUp)], stepsEach: 1);

        var magnitudes = Matrix<double>.Build.DenseOfColumnMajor(N, N, weights.Whh.Data).Evd().EigenValues.Select(value => value.Magnitude).OrderDescending().ToArray();
        for (var i = 0; i < N; i++)
        {
            // Of a conjugate pair each alone turns with the angle, so that a mean over T steps is off by O(1)/T; the pair's sum is not.
            var (value, expected) = (exponents.Values[i], Math.Log(magnitudes[i]));
            Assert.True(Math.Abs(value - expected) <= 10.0 / exponents.Steps, $"λ[{i}] is {value:F6}, expected {expected:F6}");
        }

        Assert.Equal(magnitudes.Sum(Math.Log), exponents.Values.Sum(), 1e-9);
        Assert.Equal(0, exponents.KaplanYorkeDimension);
    }

    // Newman 1986: λ_k = ln g + ½(ln(2/N) + ψ((N−k+1)/2)); the growths are independent, each ½·ln of a χ² variable.
    [Fact]
    public void GaussianProduct_HasTheExponentsOfTheDigammaFormula()
    {
        const int N = 9, Steps = 20_000;
        const double g = 1.3;
        var rule = new NormalInitializer { Scale = g / Math.Sqrt(N) };
        var random = new Random(8);
        var product = new TriangularProduct((rows, _) => Times(rows, rule.Draw(new(N, N, N, N), random)), StepSpectra.Identity(N));
        for (var t = 0; t < Steps; t++)
        {
            product.Add(t);
        }

        var spectrum = LyapunovSpectrum.Of(product.Logs, stepsEach: 1);
        var misses = 0;
        for (var k = 1; k <= N; k++)
        {
            var half = (N - k + 1) / 2.0;
            var expected = Math.Log(g) + (0.5 * (Math.Log(2.0 / N) + SpecialFunctions.DiGamma(half)));

            // ¼·ψ′(half), the variance of a step, is below ¼·(1/half + 1/half²).
            var deviation = 0.5 * Math.Sqrt((1 / half) + (1 / (half * half))) / Math.Sqrt(Steps);
            var error = Math.Abs(spectrum.Values[k - 1] - expected);
            Assert.True(error <= 5 * deviation, $"λ[{k}] is {spectrum.Values[k - 1]:F5}, expected {expected:F5} within {5 * deviation:F5}");
            Assert.InRange(spectrum.Upper[k - 1] - spectrum.Lower[k - 1], 2 * deviation, 8 * deviation);
            misses += expected < spectrum.Lower[k - 1] || expected > spectrum.Upper[k - 1] ? 1 : 0;
        }

        // Of nine intervals of 95 %, more than two miss with a chance of 0.8 %.
        Assert.InRange(misses, 0, 2);
    }

    [Fact]
    public void Product_HasTheSingularValuesOfTheMatrixThatItIs()
    {
        const int N = 5, Steps = 6;
        var random = new Random(3);
        var factors = Enumerable.Range(0, Steps).Select(_ => new NormalInitializer { Scale = 0.8 }.Draw(new(N, N, N, N), random)).ToArray();
        var product = new TriangularProduct((rows, t) => Times(rows, factors[t]), StepSpectra.Identity(N));
        var whole = StepSpectra.Identity(N);
        for (var t = 0; t < Steps; t++)
        {
            product.Add(t);
            whole = Times(whole, factors[t]);
            var expected = new DenseMatrix(N, N, whole.Data).Svd(computeVectors: false).S;
            Assert.All(product.LogSingularValues(t + 1).Zip(expected), pair => Assert.Equal(Math.Log(pair.Second), pair.First, 1e-8));
        }
    }

    [Fact]
    public void Product_NeitherOverflowsNorUnderflows()
    {
        // 10^±600: no product of such matrices can be written down.
        var product = new TriangularProduct((rows, _) => Times(rows, new([1e3, 0, 0, 0, 1, 0, 0, 0, 1e-3], 3, 3)), StepSpectra.Identity(3));
        for (var t = 0; t < 200; t++)
        {
            product.Add(t);
        }

        double[] expected = [600 * Math.Log(10), 0, -600 * Math.Log(10)];
        Assert.All(product.LogSingularValues(200).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
    }

    [Fact]
    public void KaplanYorkeDimension_IsWhereTheSumOfExponentsEnds()
    {
        Assert.Equal(2 + (0.3 / 0.6), new LyapunovSpectrum([0.5, -0.2, -0.6, -1], [], [], 10).KaplanYorkeDimension, 1e-15);
        Assert.Equal(0, new LyapunovSpectrum([-0.5, -0.6], [], [], 10).KaplanYorkeDimension);
        Assert.Equal(double.NaN, new LyapunovSpectrum([0.5, -0.2], [], [], 10).KaplanYorkeDimension);
    }

    [Fact]
    public void Spectrum_HasNoIntervalFromTooFewSteps()
    {
        var spectrum = LyapunovSpectrum.Of([[-1.0], [-2.0], [-3.0]], stepsEach: 2);
        Assert.Equal(-1, spectrum.Values.Single());
        Assert.True(double.IsNaN(spectrum.Lower.Single()));
        Assert.Equal(6, spectrum.Steps);
    }

    private static NdArray<double> Times(NdArray<double> rows, NdArray<double> matrix)
    {
        var result = new NdArray<double>(rows.Rows, matrix.Columns);
        MatrixProduct.Product(rows.View(), matrix.View(), result.View());
        return result;
    }
}
