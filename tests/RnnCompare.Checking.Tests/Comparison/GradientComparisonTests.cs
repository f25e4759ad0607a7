using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Checking.Tests.Comparison;

public class GradientComparisonTests
{
    private static readonly RnnSpec Lstm = new() { Cell = LstmCell.Instance, InputSize = 4, HiddenSize = 7, OutputSize = 2 };

    [Fact]
    public void Compare_NamesTheWorstElementWithBothValues()
    {
        var (expected, actual) = (Gradients(Lstm), Gradients(Lstm));
        actual.Weights.Whh[2, 6] *= 1.5;

        var comparison = GradientComparison.Compare(expected, actual, Tolerance.Relative(1e-12));

        Assert.False(comparison.Agrees);
        Assert.Equal("dWhh", comparison.Worst.Name);
        Assert.Equal([2, 6], comparison.Worst.WorstIndex);
        Assert.Equal(expected.Weights.Whh[2, 6], comparison.Worst.Expected);
        Assert.Equal(actual.Weights.Whh[2, 6], comparison.Worst.Actual);
        Assert.Single(comparison.Tensors, tensor => !tensor.Agrees);
        Assert.StartsWith("dWhh[2,6]: manual ", comparison.Describe("manual", "mine", "lstm, T=5"), StringComparison.Ordinal);
        Assert.EndsWith(" > 1.0e-12 (lstm, T=5)", comparison.Describe("manual", "mine", "lstm, T=5"), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_CoversEveryTensor()
    {
        var names = GradientComparison.Compare(Gradients(Lstm), Gradients(Lstm), Tolerance.Relative(0)).Tensors.Select(tensor => tensor.Name);

        Assert.Equal(["loss", "dWxh", "dWhh", "dbh", "dWhy", "dby", "dx", "dh0", "dc0", "dh"], names);
    }

    [Fact]
    public void Compare_NeverAgreesWithNaN()
    {
        var (expected, actual) = (Gradients(Lstm), Gradients(Lstm));
        (expected.Weights.by.Data[1], actual.Weights.by.Data[1]) = (double.NaN, double.NaN);

        var comparison = GradientComparison.Compare(expected, actual, Tolerance.Relative(1e300));

        Assert.False(comparison.Agrees);
        Assert.Equal("dby", comparison.Worst.Name);
        Assert.Equal([1], comparison.Worst.WorstIndex);
    }

    [Fact]
    public void Compare_JudgesZerosByExactness()
    {
        var zeros = new TensorSet(Lstm);
        zeros.Add("dWhy", new NdArray<double>(2, 7));
        var tiny = new TensorSet(Lstm);
        tiny.Add("dWhy", new NdArray<double>([.. Enumerable.Repeat(1e-300, 14)], 2, 7));

        Assert.True(GradientComparison.Compare(zeros, zeros, Tolerance.Relative(1e-12)).Agrees);
        Assert.False(GradientComparison.Compare(zeros, tiny, Tolerance.Relative(1e-12)).Agrees);
    }

    [Fact]
    public void Compare_SeesVanishedGradients()
    {
        // 1e-200 squared is zero: a norm that squares without scaling would call every such difference agreement.
        var (expected, actual) = (new TensorSet(Lstm), new TensorSet(Lstm));
        expected.Add("dWhy", new NdArray<double>([.. Enumerable.Repeat(1e-200, 14)], 2, 7));
        actual.Add("dWhy", new NdArray<double>([.. Enumerable.Repeat(1.001e-200, 14)], 2, 7));

        Assert.Equal(1e-3, GradientComparison.Compare(expected, actual, Tolerance.Relative(1e-12)).Worst.Relative, 1e-9);
    }

    [Fact]
    public void Compare_RefusesOtherShapes()
    {
        var (expected, actual) = (new TensorSet(Lstm), new TensorSet(Lstm));
        expected.Add("dWhy", new NdArray<double>(2, 7));
        actual.Add("dWhy", new NdArray<double>(7, 2));

        var error = Assert.Throws<ArgumentException>(() => GradientComparison.Compare(expected, actual, Tolerance.Relative(1)));
        Assert.Contains("dWhy is (7, 2), but (2, 7) is expected.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_ListsWhatOnlyOneSideHas()
    {
        var (expected, actual) = (new TensorSet(Lstm), new TensorSet(Lstm));
        expected.Add("dWhy", new NdArray<double>(2, 7));
        expected.Add("dby", new NdArray<double>(2));
        actual.Add("dWhy", new NdArray<double>(2, 7));
        actual.Add("dx", new NdArray<double>(5, 3, 4));

        Assert.Equal(["dby", "dx"], GradientComparison.Compare(expected, actual, Tolerance.Relative(0)).NotChecked);
    }

    private static GradientResult<double> Gradients(RnnSpec spec)
    {
        using var engine = new ManualEngine<double>(Samples.Weights<double>(spec, seed: 7));
        return engine.Gradients(Samples.Batch<double>(spec, steps: 5, batchSize: 3, seed: 11));
    }
}
