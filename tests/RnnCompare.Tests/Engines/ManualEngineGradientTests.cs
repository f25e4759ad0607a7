using RnnCompare.Cells;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Tests.Engines;

/// <summary>Every gradient of the manual engine against central differences of its own loss in float64.</summary>
public class ManualEngineGradientTests
{
    private const double Step = 1e-5;

    [Theory]
    [MemberData(nameof(SampleNetworks.All), MemberType = typeof(SampleNetworks))]
    public void Gradients_MatchCentralDifferences(
        string cell, int layers, bool bidirectional, OutputMode outputs, LossKind loss, Reduction reduction, bool tokens, bool lengths)
    {
        var spec = SampleNetworks.Spec(cell, layers, bidirectional, outputs, loss, reduction);
        var weights = Samples.Weights<double>(spec, seed: 7);
        var batch = Samples.Batch<double>(spec, steps: 5, batchSize: 3, seed: 11, tokens, lengths);
        using var engine = new ManualEngine<double>(weights);
        var result = engine.Gradients(batch);
        var directions = new Random(13);

        foreach (var (tensor, gradient) in weights.Tensors.Zip(result.Weights.Tensors))
        {
            Check("d" + tensor.Name, tensor.Values, gradient.Values);
        }

        Check("dh0", batch.InitialState!.Hidden, result.InitialState.Hidden);
        if (batch.InitialState.Cell is { } c0)
        {
            Check("dc0", c0, result.InitialState.Cell!);
        }

        if (batch.Inputs.Values is { } x)
        {
            Check("dx", x, result.Inputs!);
        }

        void Check(string name, NdArray<double> values, NdArray<double> gradient)
        {
            Assert.DoesNotContain(gradient.Data, value => !double.IsFinite(value));
            for (var repeat = 0; repeat < 3; repeat++)
            {
                var direction = Samples.Normal<double>(directions, 1, [.. values.Shape]).Data;
                var saved = values.Clone().Data;
                var numeric = (Loss(+Step) - Loss(-Step)) / (2 * Step);
                var exact = direction.Zip(gradient.Data, (d, g) => d * g).Sum();
                saved.CopyTo(values.Data, 0);

                // Truncation ~ h²·|f‴|/6 and rounding ~ eps·|loss|/h, each about 1e-10 times the length of the direction cubed.
                Assert.True(Math.Abs(numeric - exact) < 2e-7 * Math.Max(1, Math.Abs(exact)), $"{name}: manual {exact:R}, central difference {numeric:R}");

                double Loss(double shift)
                {
                    for (var i = 0; i < values.Length; i++)
                    {
                        values.Data[i] = saved[i] + (shift * direction[i]);
                    }

                    engine.LoadWeights(weights);
                    return engine.Gradients(batch).Loss;
                }
            }
        }
    }
}
