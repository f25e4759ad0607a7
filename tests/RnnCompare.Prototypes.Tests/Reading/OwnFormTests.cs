using RnnCompare.Cells;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Prototypes.Tests.Reading;

/// <summary>The meaning of every convention: the same arrays, run in their own form by independent plain loops and read into the engine.</summary>
public class OwnFormTests
{
    private const double Step = 1e-5;

    public static TheoryData<string, string, int, int> Forms()
    {
        var data = new TheoryData<string, string, int, int>();
        foreach (var convention in ConventionTable.All)
        {
            foreach (var cell in CellTable.All)
            {
                data.Add(convention.Name, cell.Name, 3, 5);
            }
        }

        data.Add("keras", "gru", 1, 2);
        data.Add("karpathy", "lstm", 1, 1);
        return data;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void OwnForm_HasTheLossAndTheGradientsOfTheEngine(string convention, string cell, int batchSize, int hiddenSize)
    {
        var spec = new RnnSpec
        {
            Cell = CellTable.Named(cell),
            InputSize = 4,
            HiddenSize = hiddenSize,
            OutputSize = 2,
            Loss = LossKind.SquaredError,
            Reduction = Reduction.Sum,
        };
        const int Steps = 3;
        var arrays = PrototypeWriter.Create(
            ConventionTable.Named(convention), Samples.Weights<double>(spec, seed: 3), Samples.Batch<double>(spec, Steps, batchSize, seed: 5)).Arrays;
        FillSecondBias(arrays);
        var form = new OwnForm(convention, cell, arrays);
        double Loss() => form.Loss(Steps, batchSize, spec.InputSize, hiddenSize, spec.OutputSize);

        var prototype = PrototypeReader.Read(arrays);
        using var engine = new ManualEngine<double>(prototype.Weights);
        var result = engine.Gradients(prototype.Batch);
        Assert.Equal(Loss(), result.Loss, 1e-13 * Math.Abs(result.Loss));

        var gradients = new NamedArrays();
        new WeightLayout(prototype.Convention, prototype.Spec).WriteGradients(gradients, result.Weights);
        Assert.Equal(prototype.Given.Select(array => array.Name).Except(["x", "h0", "s0", "c0"]), gradients.Names.Select(name => name[1..]));
        foreach (var name in gradients.Names)
        {
            var (values, gradient) = (arrays.Get<double>(name[1..]), gradients.Get<double>(name));
            Assert.Equal(values.Shape, gradient.Shape);
            for (var i = 0; i < values.Length; i++)
            {
                var saved = values.Data[i];
                values.Data[i] = saved + Step;
                var above = Loss();
                values.Data[i] = saved - Step;
                var numeric = (above - Loss()) / (2 * Step);
                values.Data[i] = saved;

                // Truncation ~ h²·|f‴|/6 and rounding ~ eps·|loss|/h, both about 1e-10.
                Assert.True(
                    Math.Abs(numeric - gradient.Data[i]) < 1e-8 * Math.Max(1, Math.Abs(numeric)),
                    $"{name}[{string.Join(',', values.IndexOf(i))}]: own form {numeric:R}, engine {gradient.Data[i]:R}");
            }
        }
    }

    // The writer leaves the second bias zero; prototypes do not.
    private static void FillSecondBias(NamedArrays arrays)
    {
        var random = new Random(7);
        foreach (var name in arrays.Names.Where(name => name is "bias_hh_l0" or "bias"))
        {
            foreach (ref var value in arrays.Get<double>(name).Span)
            {
                value = random.NextDouble() - 0.5;
            }
        }
    }
}
