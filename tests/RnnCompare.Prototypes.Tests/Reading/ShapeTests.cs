using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Prototypes.Tests.Reading;

/// <summary>Arrays in the shapes in which people save them.</summary>
public class ShapeTests
{
    private static readonly RnnSpec Spec = new() { Cell = RnnCell.Tanh, InputSize = 4, HiddenSize = 7, OutputSize = 2, Reduction = Reduction.Sum };

    [Theory]
    [InlineData("canonical", "x", 5, 4)]
    [InlineData("canonical", "x", 5, 1, 4)]
    [InlineData("karpathy", "x", 5, 4, 1)]
    [InlineData("karpathy", "x", 5, 1, 4)]
    [InlineData("karpathy", "x", 5, 4)]
    [InlineData("uwv", "x", 4, 1, 5)]
    [InlineData("uwv", "x", 4, 5)]
    [InlineData("w123", "x", 1, 5, 4)]
    [InlineData("w123", "x", 5, 4)]
    [InlineData("canonical", "h0", 1, 7)]
    [InlineData("canonical", "h0", 1, 1, 7)]
    [InlineData("canonical", "h0", 7, 1)]
    [InlineData("canonical", "h0", 7)]
    [InlineData("uwv", "s0", 7, 1)]
    [InlineData("uwv", "s0", 7)]
    [InlineData("canonical", "targets", 5, 1)]
    [InlineData("canonical", "targets", 1, 5)]
    [InlineData("canonical", "targets", 5)]
    [InlineData("row", "bhh", 7)]
    [InlineData("row", "bhh", 1, 7)]
    [InlineData("row", "bhh", 7, 1)]
    [InlineData("canonical", "bh", 7, 1)]
    [InlineData("canonical", "dbh", 1, 7)]
    [InlineData("karpathy", "by", 2)]
    [InlineData("canonical", "y", 5, 2)]
    [InlineData("canonical", "loss", 1)]
    [InlineData("canonical", "loss", 1, 1)]
    public void OneSequence_IsReadInEveryShape(string convention, string name, params int[] shape)
    {
        var (expected, arrays) = PrototypeSamples.Write(ConventionTable.Named(convention), Spec, batchSize: 1);
        var reshaped = PrototypeReader.Read(arrays.Reshaped(name, shape), Said(convention));
        AssertSame(expected, reshaped);
    }

    [Theory]
    [InlineData(LossKind.CrossEntropy, 1, "")]
    [InlineData(LossKind.CrossEntropy, 1, "1")]
    [InlineData(LossKind.CrossEntropy, 1, "1,1")]
    [InlineData(LossKind.CrossEntropy, 3, "3")]
    [InlineData(LossKind.CrossEntropy, 3, "1,3")]
    [InlineData(LossKind.CrossEntropy, 3, "3,1")]
    [InlineData(LossKind.SquaredError, 1, "2")]
    [InlineData(LossKind.SquaredError, 1, "2,1")]
    [InlineData(LossKind.SquaredError, 3, "3,2")]
    [InlineData(LossKind.SquaredError, 3, "1,3,2")]
    public void LastStepTargets_AreReadInEveryShape(LossKind loss, int batchSize, string shape)
    {
        var (expected, arrays) = PrototypeSamples.Write(ConventionTable.Canonical, Spec with { Outputs = OutputMode.LastStep, Loss = loss }, batchSize);
        int[] lengths = [.. shape.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        var reshaped = PrototypeReader.Read(arrays.Reshaped("targets", lengths));
        AssertSame(expected, reshaped);
        Assert.Equal(OutputMode.LastStep, reshaped.Spec.Outputs);
    }

    [Fact]
    public void OneInitialState_ServesEverySequence()
    {
        var (_, arrays) = PrototypeSamples.Write(ConventionTable.Canonical, Spec, batchSize: 3);
        var one = new NdArray<double>([1, 2, 3, 4, 5, 6, 7], 7);
        var read = PrototypeReader.Read(arrays.With("h0", one));
        Assert.Equal([.. one.Data, .. one.Data, .. one.Data], read.Batch.InitialState!.Hidden.Data);
    }

    [Theory]
    [InlineData("row", "true", "BTF")]
    [InlineData("keras", "false", "TBF")]
    [InlineData("uwv", "true", "BTF")]
    public void BatchFirst_WinsOverTheConvention(string convention, string batchFirst, string order)
    {
        var (expected, arrays) = PrototypeSamples.Write(ConventionTable.Named(convention) with { Sequences = [order] }, Spec, batchSize: 3, PrototypeOptions.None.With("batch_first", batchFirst));
        Assert.Equal(order[0] == 'B' ? [3, 5, 4] : [5, 3, 4], arrays["x"].Shape);
        Assert.Equal((5, 3), (expected.Batch.Steps, expected.Batch.BatchSize));
        AssertSame(PrototypeSamples.Write(ConventionTable.Canonical, Spec, batchSize: 3).Prototype, expected);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public void BatchFirst_DoesNotOverruleTimeThatStandsLast(string batchFirst)
    {
        var (read, arrays) = PrototypeSamples.Write(ConventionTable.TimeLast, Spec, batchSize: 3, PrototypeOptions.None.With("batch_first", batchFirst));
        Assert.Equal([4, 3, 5], arrays["x"].Shape);
        AssertSame(PrototypeSamples.Write(ConventionTable.Canonical, Spec, batchSize: 3).Prototype, read);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(3)]
    public void ColumnBatches_AreToldFromRowsByTheInputsOrTheState(int inputSize)
    {
        var spec = Spec with { InputSize = inputSize };
        var canonical = PrototypeSamples.Write(ConventionTable.Canonical, spec, batchSize: 3).Prototype;
        var (columns, arrays) = PrototypeSamples.Write(ConventionTable.Columns, spec, batchSize: 3);
        Assert.Equal([5, inputSize, 3], arrays["x"].Shape);
        AssertSame(canonical, columns);

        var (rows, rowArrays) = PrototypeSamples.Write(ConventionTable.Columns with { Sequences = ["TBF"] }, spec, batchSize: 3);
        Assert.Equal([5, 3, inputSize], rowArrays["x"].Shape);
        AssertSame(canonical, rows);
    }

    [Theory]
    [InlineData(OutputMode.EveryStep)]
    [InlineData(OutputMode.LastStep)]
    public void OneHotTargets_BecomeClasses(OutputMode outputs)
    {
        var spec = Spec with { OutputSize = 3, Outputs = outputs };
        var (expected, arrays) = PrototypeSamples.Write(ConventionTable.Numbered, spec, batchSize: 2);
        var classes = arrays.Get<long>("targets");
        var oneHot = new NdArray<double>([.. classes.Shape, 3]);
        for (var row = 0; row < oneHot.Rows; row++)
        {
            oneHot[row, (int)classes.Data[row]] = 1;
        }

        AssertSame(expected, PrototypeReader.Read(arrays.With("targets", oneHot)));
        AssertSame(expected, PrototypeReader.Read(arrays.With("targets", oneHot.Convert<double, long>())));
    }

    [Fact]
    public void Padding_MayHoldAnything()
    {
        var spec = Spec with { Loss = LossKind.SquaredError };
        var weights = Samples.Weights<double>(spec, seed: 1);
        var batch = Samples.Batch<double>(spec, steps: 5, batchSize: 3, seed: 2, lengths: true) with { Lengths = [2, 5, 1] };
        var writer = PrototypeWriter.Create(ConventionTable.Keras, weights, batch);
        writer.Add("h", Samples.Normal<double>(new(3), 1, 5, 3, 7));
        var clean = PrototypeReader.Read(writer.Arrays);
        foreach (var name in (string[])["x", "targets", "h"])
        {
            var padded = writer.Arrays.Get<double>(name); // (B, T, …)
            var width = padded.Columns;
            padded.Span[(2 * width)..(5 * width)].Fill(double.NaN);
            padded.Span[(11 * width)..].Fill(double.PositiveInfinity);
        }

        AssertSame(clean, PrototypeReader.Read(writer.Arrays));
    }

    [Fact]
    public void AGivenAdjoint_StandsInForTargets()
    {
        var (expected, arrays) = PrototypeSamples.Write(ConventionTable.TimeLast, Spec, batchSize: 3);
        var prototype = PrototypeReader.Read(arrays.Without("targets", "loss", "y").With("ds", arrays.Get<double>("s")));
        Assert.Null(prototype.Batch.Targets);
        Assert.Equal(expected.Claims.Single(claim => claim.Tensor == "h").Values.Data, prototype.Upstream!.Data);
        Assert.Equal([5, 3, 7], prototype.Upstream.Shape);
        Assert.DoesNotContain(prototype.Claims, claim => claim.Tensor == "dh");
    }

    private static PrototypeOptions Said(string convention) => PrototypeOptions.None.With("convention", convention);

    private static void AssertSame(SavedPrototype expected, SavedPrototype actual)
    {
        Assert.Equal(expected.Spec, actual.Spec);
        Assert.Equal(expected.Weights.Tensors.SelectMany(tensor => tensor.Values.Data), actual.Weights.Tensors.SelectMany(tensor => tensor.Values.Data));
        Assert.Equal(expected.Batch.Inputs.Values!.Data, actual.Batch.Inputs.Values!.Data);
        Assert.Equal(expected.Batch.Inputs.Values.ShapeText, actual.Batch.Inputs.Values.ShapeText);
        Assert.Equal(expected.Batch.InitialState!.Hidden.ShapeText, actual.Batch.InitialState!.Hidden.ShapeText);
        Assert.Equal(expected.Batch.InitialState.Hidden.Data, actual.Batch.InitialState.Hidden.Data);
        Assert.Equal(expected.Batch.Targets?.Classes?.Data, actual.Batch.Targets?.Classes?.Data);
        Assert.Equal(expected.Batch.Targets?.Values?.Data, actual.Batch.Targets?.Values?.Data);
        Assert.Equal(expected.Claims.Select(claim => claim.Tensor).Order(), actual.Claims.Select(claim => claim.Tensor).Order());
        foreach (var claim in expected.Claims)
        {
            var other = actual.Claims.Single(other => other.Tensor == claim.Tensor).Values;
            Assert.Equal(claim.Values.ShapeText, other.ShapeText);
            Assert.Equal(claim.Values.Data, other.Data);
        }
    }
}
