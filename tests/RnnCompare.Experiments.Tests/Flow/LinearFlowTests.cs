using RnnCompare.Experiments.Flow;
using RnnCompare.Models.Initialization;

namespace RnnCompare.Experiments.Tests.Flow;

/// <summary>With Whh = ρ·Q, Q orthogonal, every step back changes every gradient by the factor ρ.</summary>
public class LinearFlowTests
{
    private const int Size = 7;
    private const int Steps = 40;

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(1.0)]
    [InlineData(1.1)]
    [InlineData(1.5)]
    public void EveryMeasure_IsAPowerOfTheRadius(double radius)
    {
        var weights = FlowSamples.Weights(new LinearCell(), Size, new OrthogonalInitializer { Scale = radius }, seed: 4);
        var batch = FlowSamples.Silence(weights.Spec, Steps, size: 1, seed: 5);
        var flow = FlowMeasurement.Measure("case", weights, batch, ["manual"], FlowDetail.All)!;

        var back = flow.Back[0].Norms;
        var map = flow.Maps.Single().Norms;
        for (var k = 0; k < Steps; k++)
        {
            RequireRelative(Math.Pow(radius, k) * back[0], back[k], $"back[{k}]");
            for (var s = k; s < Steps; s++)
            {
                RequireRelative(Math.Pow(radius, k) * map[s, s], map[s, s - k], $"map[{s},{s - k}]");
            }
        }

        var spectra = flow.Spectra.Single();
        Assert.All(spectra.SingularValues.SelectMany(values => values), value => Assert.Equal(radius, value, 1e-12));
        Assert.Equal([1, 2, 5, 10, 20, 40], spectra.ProductSteps);
        foreach (var (k, logs) in spectra.ProductSteps.Zip(spectra.LogProducts))
        {
            Assert.All(logs, log => Assert.Equal(k * Math.Log(radius), log, k * 1e-12));
        }

        Assert.Equal(Size, flow.Exponents!.Values.Count);
        Assert.All(flow.Exponents.Values, value => Assert.Equal(Math.Log(radius), value, 1e-12));
        Assert.All(flow.Exponents.Upper.Zip(flow.Exponents.Lower), pair => Assert.InRange(pair.First - pair.Second, 0, 1e-12));
    }

    [Fact]
    public void Map_HasNothingAfterTheLoss()
    {
        var weights = FlowSamples.Weights(new LinearCell(), Size, new OrthogonalInitializer(), seed: 4);
        var map = FlowMap.Measure(weights, FlowSamples.Silence(weights.Spec, 3, size: 1, seed: 5)).Single().Norms;
        Assert.Equal([true, false, false], Enumerable.Range(0, 3).Select(s => double.IsNaN(map[s, 1])));
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(s => double.IsNaN(map[s, 2])));
    }

    private static void RequireRelative(double expected, double actual, string name)
    {
        Assert.True(Math.Abs(actual - expected) <= 1e-12 * expected, $"{name}: {actual:R}, expected {expected:R}");
    }
}
