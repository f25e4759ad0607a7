using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Prototypes.Tests.Reading;

/// <summary>What does not fit is refused in one line that names the array, what was expected and what is there.</summary>
public class BadInputTests
{
    [Theory]
    [InlineData("w123", "W1", "5,7", "x is float64 (3, 5, 4), expected (B, T, I) with I = 5, the same without B, or whole numbers (B, T) or (T)")]
    [InlineData("w123", "W1", "4,6", "W1 is (4, 6), w123 expects (I, G·H) = (4, 7) for tanh")]
    [InlineData("w123", "W3", "7,2", "W3 is (7, 2), w123 expects (O, D·H) = (7, 7) for tanh")]
    [InlineData("w123", "bh", "6", "bh is (6), w123 expects (G·H) = (7) for tanh")]
    [InlineData("w123", "W2", "7,6", "W2 is (7, 6), w123 expects (H, G·H) with G = 1.")]
    [InlineData("w123", "W2", "7", "W2 is (7), expected (H, G·H)")]
    [InlineData("w123", "W2", "0,7", "W2 is (0, 7), expected (H, G·H)")]
    [InlineData("uwv", "V", "2,6", "V is (2, 6), uwv expects (O, D·H) = (2, 7) for tanh")]
    [InlineData("canonical", "dWhh", "7,6", "dWhh is (7, 6), expected (7, 7), the shape of Whh")]
    [InlineData("row", "dbhh", "6", "dbhh is (6), expected (1, 7), the shape of bhh")]
    [InlineData("w123", "x", "3,5,6", "x is float64 (3, 5, 6), expected (B, T, I) with I = 4, the same without B, or whole numbers (B, T) or (T)")]
    [InlineData("uwv", "x", "6,3,5", "x is float64 (6, 3, 5), expected (I, B, T) with I = 4")]
    [InlineData("canonical", "x", "0,3,4", "x is float64 (0, 3, 4), expected (T, B, I)")]
    [InlineData("canonical", "h0", "2,7", "h0 is (2, 7), expected (L·D, B, H) = (1, 3, 7)")]
    [InlineData("uwv", "s", "7,5,3", "s is (7, 5, 3), expected (D·H, B, T) = (7, 3, 5)")]
    [InlineData("canonical", "y", "3,5,2", "y is (3, 5, 2), expected (T, B, O) = (5, 3, 2)")]
    [InlineData("canonical", "loss", "2", "loss is (2), expected () = ()")]
    [InlineData("canonical", "targets", "3,5", "targets is float64 (3, 5), expected (T, B, O) = (5, 3, 2)")]
    public void WrongShape_IsRefusedByName(string convention, string name, string shape, string message)
    {
        var arrays = PrototypeSamples.Write(ConventionTable.Named(convention), Spec, batchSize: 3).Arrays;
        var wrong = new NdArray<double>([.. shape.Split(',').Select(int.Parse)]);
        AssertRefused(arrays.With(name, wrong), message);
    }

    [Theory]
    [InlineData("canonical", "Whh", "Whh[0,1]")]
    [InlineData("w123", "W1", "W1[1,0]")]
    [InlineData("uwv", "x", "x[1,0,0]")]
    [InlineData("uwv", "s0", "s0[1,0]")]
    [InlineData("pytorch", "bias_hh_l0", "bias_hh_l0[1]")]
    public void NaNInWhatIsGiven_IsRefusedWithItsPlace(string convention, string name, string place)
    {
        var arrays = PrototypeSamples.Write(ConventionTable.Named(convention), Spec, batchSize: 3).Arrays;
        var values = arrays.Get<double>(name);
        var second = values.Rank == 1 || place.EndsWith("0,1]", StringComparison.Ordinal) ? 1 : values.Length / values.Shape[0];
        values.Data[second] = double.NaN;
        AssertRefused(arrays, $"{place} is NaN, expected a finite number.");
        values.Data[second] = double.NegativeInfinity;
        AssertRefused(arrays, $"{place} is -Infinity, expected a finite number.");
    }

    [Fact]
    public void NaNInWhatIsClaimed_IsKept()
    {
        var arrays = PrototypeSamples.Write(ConventionTable.Numbered, Spec, batchSize: 3).Arrays;
        foreach (var name in (string[])["dW2", "y", "h", "loss"])
        {
            arrays.Get<double>(name).Data[0] = double.NaN;
        }

        Assert.Equal(4, PrototypeReader.Read(arrays).Claims.Count(claim => double.IsNaN(claim.Values.Data[0])));
    }

    [Theory]
    [InlineData("x", "x is missing; found")]
    [InlineData("targets", "targets are missing, and there is no dh to start from in their place.")]
    [InlineData("Why", "Why is missing, which canonical needs; Who or Why is missing, which row needs; Why is missing, which karpathy needs.")]
    [InlineData("Whh", "no recurrent network was found among Wxh, bh, ")]
    public void MissingArray_IsNamed(string name, string message)
    {
        AssertRefused(PrototypeSamples.Write(ConventionTable.Canonical, Spec, batchSize: 3).Arrays.Without(name, "meta"), message);
    }

    [Theory]
    [InlineData("""{"cell": "lstm"}""", "Whh is (7, 7), canonical expects (G·H, H) with G = 4")]
    [InlineData("""{"cell": "lstn"}""", "meta: cell is 'lstn', expected tanh or relu or lstm or gru or gru-reset-before or rnn.")]
    [InlineData("""{"losss": "sum"}""", "meta: unknown key 'losss'; known: convention, cell, activation, gru_reset, loss, outputs, reduction, half, batch_first, ")]
    [InlineData("""{"cell": "relu", "activation": "tanh"}""", "what was said (cell relu, activation tanh) fits no cell.")]
    [InlineData("[1, 2]", "meta: is a JSON Array, expected an object.")]
    [InlineData("{\"cell\": ", "meta: is no JSON: ")]
    [InlineData("""{"convention": "keras"}""", "has no recurrent weights, which are named recurrent_kernel (keras); found ")]
    [InlineData("""{"outputs": "last"}""", "targets is int64 (5, 3), expected (B) = (3) of class indices or (B, O) = (3, 2).")]
    [InlineData("""{"loss": "squared_error"}""", "targets is int64 (5, 3), expected (T, B, O) = (5, 3, 2) or (B, O) = (3, 2).")]
    public void Meta_MustFit(string meta, string message)
    {
        AssertRefused(PrototypeSamples.Write(ConventionTable.Canonical, Spec, batchSize: 3).Arrays.With("meta", meta), message);
    }

    [Fact]
    public void WhatIsMissingOfANetwork_IsNamed()
    {
        var arrays = new NamedArrays();
        foreach (var name in (string[])["Uz", "Wr", "Ur", "Wh", "Uh"])
        {
            arrays.Add(name, new NdArray<double>(5, name[0] == 'W' ? 7 : 5));
        }

        AssertRefused(arrays, "Wr, Ur, Uz, Wh, Uh could be a GRU, but Wz is missing. Save it too, ");
    }

    [Fact]
    public void OpenQuestions_AreAsked()
    {
        var arrays = PrototypeSamples.Write(ConventionTable.Canonical, Spec, batchSize: 3).Arrays;
        AssertRefused(
            arrays.Without("meta", "loss"), "leaves open whether the loss is a sum or a mean, and has no loss to tell; say which with --reduction.");

        var oneHot = new NdArray<double>([.. Enumerable.Repeat((double[])[1, 0], 15).SelectMany(row => row)], 5, 3, 2);
        AssertRefused(arrays.With("targets", oneHot).With("meta", "{}"), "targets has one-hot rows, which fit cross-entropy and squared error; say which with --loss.");

        var gru = PrototypeSamples.Write(ConventionTable.Canonical, Spec with { Cell = GruResetBeforeCell.Instance }, batchSize: 3).Arrays;
        AssertRefused(gru.With("meta", "{}"), "leaves open whether the reset comes before or after the product (");
        AssertRefused(gru.With("meta", "{}").With("bhn", new NdArray<double>(7)).With("meta", """{"convention": "canonical", "gru_reset": "before"}"""), "bhn is there, but gru-reset-before has no such tensor.");
    }

    [Fact]
    public void TwoArraysForOneTensor_AreRefused()
    {
        var row = PrototypeSamples.Write(ConventionTable.Row, Spec, batchSize: 3).Arrays;
        AssertRefused(row.With("bh", new NdArray<double>(7)), "bhh and bh could both be bh; expected one of them.");
        AssertRefused(row.With("grad.Wxh", new NdArray<double>(4, 7)), "dWxh and grad.Wxh are both there; expected one of them.");

        var torch = PrototypeSamples.Write(ConventionTable.Torch, Spec, batchSize: 3).Arrays;
        AssertRefused(torch.With("decoder.rnn.weight_hh_l0", new NdArray<double>(7, 7)), "weight_hh_l0 and decoder.rnn.weight_hh_l0 could both be Whh; expected one of them.");
        AssertRefused(torch.With("decoder.weight", new NdArray<double>(2, 7)), "fc.weight and decoder.weight could both be Why; expected one of them.");
        AssertRefused(torch.With("weight_hh_l2", new NdArray<double>(7, 7)), "weight_ih_l1 is missing, which pytorch needs.");
    }

    [Fact]
    public void Indices_MustBeInRange()
    {
        var arrays = PrototypeSamples.Write(ConventionTable.Numbered, Spec, batchSize: 3).Arrays;
        AssertRefused(arrays.With("x", new NdArray<long>([.. Enumerable.Repeat(4L, 15)], 3, 5)), "x[0,0] is 4, expected 0..3.");
        AssertRefused(arrays.With("lengths", new NdArray<long>([5, 6, 1], 3)), "lengths[1] is 6, expected 1..5.");
        AssertRefused(arrays.With("lengths", new NdArray<double>([5, 4, 1], 3)), "lengths holds float64, expected whole numbers.");
        AssertRefused(arrays.With("W1", "text"), "W1 is ()");
        var soft = new NdArray<double>([.. Enumerable.Repeat(0.5, 30)], 3, 5, 2);
        AssertRefused(arrays.With("targets", soft), "targets[0,0,0] starts a row that is not one-hot, expected by cross-entropy.");
        arrays.Get<long>("targets").Data[1] = 2;
        AssertRefused(arrays, "targets[0,1] is 2, expected 0..1.");
    }

    private static RnnSpec Spec { get; } = new() { Cell = RnnCell.Tanh, InputSize = 4, HiddenSize = 7, OutputSize = 2, Reduction = Reduction.Sum };

    private static void AssertRefused(NamedArrays arrays, string message)
    {
        var error = Assert.Throws<InvalidDataException>(() => PrototypeReader.Read(arrays));
        Assert.Contains("arrays: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
