using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Prototypes.Tests.Reading;

/// <summary>The examples of two published prototypes, from their own seeds, names and shapes.</summary>
public class DocumentTests
{
    // Nine significant digits are printed of dx and dU, eight places of the others.
    private const double Printed = 5.1e-9;

    [Fact]
    public void TimeLastExample_GivesThePrintedGradients()
    {
        var numpy = new NumpyLegacyRandom(1);
        var arrays = new NamedArrays();
        foreach (var (name, shape) in ((string, int[])[])[("x", [3, 1, 4]), ("s0", [5, 1]), ("W", [5, 5]), ("U", [5, 3]), ("V", [3, 5]), ("ba", [5, 1]), ("by", [3, 1]), ("ds", [5, 1, 4])])
        {
            arrays.Add(name, numpy.Randn(shape));
        }

        var prototype = PrototypeReader.Read(arrays);
        Assert.Equal(ConventionTable.TimeLast, prototype.Convention);
        using var engine = new ManualEngine<double>(prototype.Weights);
        var result = engine.Gradients(prototype.Batch, prototype.Upstream!);

        var writer = PrototypeWriter.Create(ConventionTable.TimeLast, result.Weights, prototype.Batch);
        writer.Add("dx", result.Inputs!);
        writer.Add("dh0", result.InitialState.Hidden);
        writer.AddGradients(result.Weights);
        Check("dx", [3, 1, 4], 0, 6.07961714e-02, 6.51523342e-02, 1.35284158e-02, -4.17389120e-01);
        Check("dx", [3, 1, 4], 8, -2.10309856e-01, 1.17512701e-01, -1.81722854e-05, 1.33762936);
        Check("ds0", [5, 1], 0, -0.04446273, -0.48089235, -0.20806299, 0.05651028, 0.24527145);
        Check("dU", [5, 3], 0, -7.75341202e-02, 1.14056089e-03, -1.39468435e-01);
        Check("dU", [5, 3], 12, -1.16043009, -8.51763028e-01, -1.44090680);
        Check("dW", [5, 5], 0, 0.04560171, 0.04695379, 0.0257273, -0.02726464, 0.05504417);
        Check("dW", [5, 5], 20, 0.78119033, 0.74650186, 0.34013264, -0.31155225, 0.6784628);
        Check("dba", [5, 1], 0, 0.02851001, 0.39449393, 0.35633039, -0.06492795, 0.33991813);

        void Check(string name, int[] shape, int start, params double[] printed)
        {
            var values = writer.Arrays.Get<double>(name, shape);
            for (var i = 0; i < printed.Length; i++)
            {
                Assert.Equal(printed[i], values.Data[start + i], Printed);
            }
        }
    }

    [Fact]
    public void NumberedExample_IsReadWithTheBatchFirst()
    {
        // T = 4 steps, B = 2, I = 3, H = 5, O = 3; labels are the largest of three random numbers.
        var numpy = new NumpyLegacyRandom(1);
        var arrays = new NamedArrays();
        foreach (var (name, shape) in ((string, int[])[])[("W1", [3, 5]), ("W2", [5, 5]), ("W3", [3, 5]), ("bh", [5]), ("bo", [3])])
        {
            arrays.Add(name, numpy.Randn(shape));
        }

        arrays.Add("x", numpy.Rand(2, 4, 3));
        var labels = numpy.Rand(2, 4, 3);
        var oneHot = new NdArray<double>(2, 4, 3);
        for (var row = 0; row < labels.Rows; row++)
        {
            oneHot[row, labels.Row(row).IndexOf(labels.Row(row).ToArray().Max())] = 1;
        }

        arrays.Add("targets", oneHot);
        var prototype = PrototypeReader.Read(arrays, PrototypeOptions.None.With("loss", "cross_entropy").With("reduction", "sum"));
        Assert.Equal(ConventionTable.Numbered, prototype.Convention);
        Assert.Equal((4, 2, 3, 5, 3), (prototype.Batch.Steps, prototype.Batch.BatchSize, prototype.Spec.InputSize, prototype.Spec.HiddenSize, prototype.Spec.OutputSize));
        Assert.Equal(arrays.Get<double>("W1").Data[1], prototype.Weights.Wxh[1, 0]);
        Assert.Equal(arrays.Get<double>("W2").Data[1], prototype.Weights.Whh[1, 0]);
        Assert.Equal(arrays.Get<double>("W3").Data[1], prototype.Weights.Why[0, 1]);

        // Its first hidden state, as it is written there: tanh(x·W1 + h·W2 + bh) from zeros.
        using var engine = new ManualEngine<double>(prototype.Weights);
        var (x, w1, bh) = (arrays.Get<double>("x"), arrays.Get<double>("W1"), arrays.Get<double>("bh"));
        for (var b = 0; b < 2; b++)
        {
            for (var j = 0; j < 5; j++)
            {
                var z = (x[4 * b, 0] * w1[0, j]) + (x[4 * b, 1] * w1[1, j]) + (x[4 * b, 2] * w1[2, j]) + bh.Data[j];
                Assert.Equal(Math.Tanh(z), engine.Forward(prototype.Batch).Hidden[b, j], 1e-15);
            }
        }

        var gradients = new NamedArrays();
        new WeightLayout(prototype.Convention, prototype.Spec).WriteGradients(gradients, engine.Gradients(prototype.Batch).Weights);
        Assert.Equal(["dW1 (3, 5)", "dW2 (5, 5)", "dbh (5)", "dW3 (3, 5)", "dbo (3)"], gradients.Select(entry => $"{entry.Key} {entry.Value.ShapeText}"));
    }
}
