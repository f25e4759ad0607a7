using RnnCompare.Engines;
using RnnCompare.Experiments.Flow;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Tests.Shared;
using RnnCompare.Torch;

namespace RnnCompare.Experiments.Tests.Flow;

public class FlowMapTests
{
    [Theory]
    [InlineData("tanh", 1, false, OutputMode.EveryStep, LossKind.CrossEntropy, Reduction.Mean, false)]
    [InlineData("lstm", 2, false, OutputMode.EveryStep, LossKind.SquaredError, Reduction.Sum, true)]
    [InlineData("gru", 2, true, OutputMode.EveryStep, LossKind.CrossEntropy, Reduction.Mean, true)]
    [InlineData("relu", 1, false, OutputMode.LastStep, LossKind.SquaredError, Reduction.Mean, false)]
    public void Map_IsWhatAutogradSaysOfEachLossAlone(string cell, int layers, bool bidirectional, OutputMode outputs, LossKind loss, Reduction reduction, bool lengths)
    {
        const int T = 5, B = 3;
        var spec = SampleNetworks.Spec(cell, layers, bidirectional, outputs, loss, reduction);
        var weights = Samples.Weights<double>(spec, seed: 2);
        var batch = Samples.Batch<double>(spec, T, B, seed: 3, lengths: lengths);
        var maps = FlowMap.Measure(weights, batch, passSize: 2000); // some passes, not all of one size
        Assert.Equal(layers * (bidirectional ? 2 : 1), maps.Count);

        var every = new RnnWeights<double>(spec with { Outputs = OutputMode.EveryStep });
        every.CopyFrom(weights);
        using var engine = new AutogradEngine<double>(every);
        var unweighted = batch.LossWeightsFor(spec); // (T, B) or (B)
        for (var s = 0; s < T; s++)
        {
            var only = new NdArray<double>(T, B);
            (outputs == OutputMode.EveryStep ? unweighted.Row(s) : unweighted.Span).CopyTo(only.Row(s));
            var hidden = engine.Gradients(batch with
            {
                Targets = outputs == OutputMode.EveryStep ? batch.Targets : new(new NdArray<double>([.. Enumerable.Repeat(batch.Targets!.Values!.Data, T).SelectMany(values => values)], T, B, spec.OutputSize)),
                LossWeights = only,
            }).Hidden!;
            for (var place = 0; place < maps.Count; place++)
            {
                var expected = FlowNorms.OfSteps(hidden, place);
                var actual = maps[place].Norms.Row(s).ToArray();
                for (var t = 0; t < T; t++)
                {
                    var shown = double.IsNaN(actual[t]) ? 0 : actual[t];
                    Assert.True(Math.Abs(shown - expected[t]) <= 1e-13, $"{maps[place].Place}, s = {s}, t = {t}: {actual[t]:R}, expected {expected[t]:R}");
                }
            }
        }
    }

    [Fact]
    public void Map_OfBothDirectionsReachesBothWaysBelowTheTop()
    {
        var spec = SampleNetworks.Spec("tanh", 2, true, OutputMode.EveryStep, LossKind.CrossEntropy, Reduction.Sum);
        var maps = FlowMap.Measure(Samples.Weights<double>(spec, 2), Samples.Batch<double>(spec, 4, 2, 3));
        var missing = maps.Select(map => map.Norms.Data.Count(double.IsNaN));
        Assert.Equal([0, 0, 6, 6], missing);
    }
}
