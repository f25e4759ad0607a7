using RnnCompare.Cells;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Prototypes.Tests.Reading;

/// <summary>What names and shapes say by themselves, and what they leave open.</summary>
public class InferenceTests
{
    public static TheoryData<string, string> Networks()
    {
        var data = new TheoryData<string, string>();
        foreach (var convention in ConventionTable.All)
        {
            foreach (var cell in CellTable.All.DistinctBy(cell => cell.Gates.Count))
            {
                data.Add(convention.Name, cell.Name);
            }
        }

        data.Add("keras", "gru-reset-before");
        return data;
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void ConventionAndCell_FollowFromNamesAndShapes(string convention, string cell)
    {
        var form = ConventionTable.Named(convention);
        var spec = Spec(cell) with { Layers = form.Layers.Stacks ? 2 : 1 };
        var (said, arrays) = PrototypeSamples.Write(form, spec, batchSize: 3);
        var inferred = PrototypeReader.Read(arrays.With("meta", """{"reduction": "sum"}"""));
        Assert.Equal(form, inferred.Convention);
        Assert.Equal(spec, inferred.Spec);
        Assert.Equal(said.Weights["Whh"].Data, inferred.Weights["Whh"].Data);
    }

    [Fact]
    public void RowForm_IsKnownByItsShapesUnderCanonicalNames()
    {
        var arrays = PrototypeSamples.Write(ConventionTable.Row, Spec("lstm"), batchSize: 3).Arrays.Without("meta")
            .Renamed("Who", "Why").Renamed("bhh", "bh").Renamed("bho", "by").Renamed("dWho", "dWhy").Renamed("dbhh", "dbh").Renamed("dbho", "dby");
        var prototype = PrototypeReader.Read(arrays, PrototypeOptions.None.With("reduction", "sum"));
        Assert.Equal(ConventionTable.Row, prototype.Convention);
        Assert.Equal("by", prototype.NameOf("by"));
        Assert.Equal("dWhy", prototype.NameOf("dWhy"));
        Assert.Equal([3, 9], prototype.IndexOf("dWhh", [9, 3]));
        Assert.True(prototype.IsTransposed("Whh") && prototype.IsTransposed("dWhy") && !prototype.IsTransposed("bh"));
    }

    [Theory]
    [InlineData("4", "canonical and row")]
    [InlineData("1,4", "row")]
    [InlineData("4,1", "karpathy")]
    public void SquareWeights_AreToldApartByTheirBiasesOrNotAtAll(string biasShape, string expected)
    {
        var spec = Spec("tanh") with { InputSize = 4, HiddenSize = 4, OutputSize = 4 };
        var (said, arrays) = PrototypeSamples.Write(ConventionTable.Canonical, spec, batchSize: 1);
        int[] shape = [.. biasShape.Split(',').Select(int.Parse)];
        arrays = arrays.Reshaped("bh", shape).Reshaped("by", shape).With("meta", """{"reduction": "sum"}""");
        if (expected.Contains("and", StringComparison.Ordinal))
        {
            var error = Assert.Throws<InvalidDataException>(() => PrototypeReader.Read(arrays));
            Assert.Equal("arrays: leaves open whether matrices are W·x or x·W (rows or columns), and nothing in it tells; say which with --orientation.", error.Message);
            Assert.Equal(said.Weights.Wxh.Data, PrototypeReader.Read(arrays, PrototypeOptions.None.With("convention", "canonical")).Weights.Wxh.Data);
            Assert.Equal(said.Weights.Wxh.Transpose().Data, PrototypeReader.Read(arrays, PrototypeOptions.None.With("convention", "row")).Weights.Wxh.Data);
            return;
        }

        Assert.Equal(expected, PrototypeReader.Read(arrays).Convention.Name);
    }

    [Theory]
    [InlineData("module.encoder.", "decoder.")]
    [InlineData("rnn.", "out.")]
    [InlineData("", "model.linear.")]
    public void TorchModules_MayHaveAnyName(string module, string head)
    {
        var spec = Spec("gru") with { Layers = 2, Bidirectional = true };
        var (said, arrays) = PrototypeSamples.Write(ConventionTable.Torch, spec, batchSize: 3);
        var renamed = new NamedArrays();
        foreach (var (name, array) in arrays)
        {
            renamed.Add(name.Replace("weight_", module + "weight_", StringComparison.Ordinal).Replace("bias_", module + "bias_", StringComparison.Ordinal)
                .Replace("fc.", head, StringComparison.Ordinal), array);
        }

        var prototype = PrototypeReader.Read(renamed);
        Assert.Equal(said.Weights.Tensors.SelectMany(tensor => tensor.Values.Data), prototype.Weights.Tensors.SelectMany(tensor => tensor.Values.Data));
        Assert.Equal(said.Claims.Count, prototype.Claims.Count);
        Assert.Equal($"{module}weight_hh_l1_reverse", prototype.NameOf("Whh.1r"));
        Assert.Equal($"d{head}bias", prototype.NameOf("dby"));

        // The candidate's bias is the last third of the second bias.
        Assert.Equal($"d{module}bias_hh_l1_reverse", prototype.NameOf("dbhn.1r"));
        Assert.Equal([17], prototype.IndexOf("dbhn.1r", [3]));
        Assert.Empty(prototype.Ignored);
    }

    [Fact]
    public void KerasLayers_AreTakenInNaturalOrder()
    {
        var spec = Spec("lstm") with { Layers = 3, Bidirectional = true };
        var weights = Samples.Weights<double>(spec, seed: 1);
        var arrays = PrototypeWriter.Create(ConventionTable.Keras, weights, Samples.Batch<double>(spec, steps: 5, batchSize: 3, seed: 2)).Arrays;
        foreach (var (layer, name) in ((string[])["bidirectional", "bidirectional_9", "bidirectional_10"]).Index())
        {
            foreach (var tensor in (string[])["kernel", "recurrent_kernel", "bias"])
            {
                arrays = arrays
                    .Renamed(LayerNaming.Keras.Format(tensor, layer, reverse: false), $"{name}/forward_lstm/lstm_cell_1/{tensor}:0")
                    .Renamed(LayerNaming.Keras.Format(tensor, layer, reverse: true), $"{name}/backward_lstm/lstm_cell_2/{tensor}:0");
            }
        }

        arrays = arrays.Renamed("dense/kernel", "dense_4/kernel:0").Renamed("dense/bias", "dense_4/bias:0");
        var prototype = PrototypeReader.Read(arrays);
        Assert.Equal(weights.Tensors.SelectMany(tensor => tensor.Values.Data), prototype.Weights.Tensors.SelectMany(tensor => tensor.Values.Data));
        Assert.Equal("bidirectional_10/backward_lstm/lstm_cell_2/recurrent_kernel:0", prototype.NameOf("Whh.2r"));
    }

    [Fact]
    public void MissingBiases_AreZero()
    {
        var arrays = PrototypeSamples.Write(ConventionTable.Columns, Spec("tanh"), batchSize: 3).Arrays.Without("bh", "by", "dbh", "dWhy");
        var error = Assert.Throws<InvalidDataException>(() => PrototypeReader.Read(arrays));
        Assert.Contains("dby looks like a gradient, but nothing was read under that name; ", error.Message, StringComparison.Ordinal);
        var prototype = PrototypeReader.Read(arrays, PrototypeOptions.None.With("ignore", "dby"));
        Assert.All(prototype.Weights.bh.Data, value => Assert.Equal(0, value));
        Assert.Equal(["dWhy"], prototype.MissingGradients);
        Assert.Empty(prototype.Ignored);
    }

    [Fact]
    public void Layers_AreReadWithUnderscores()
    {
        var spec = Spec("tanh") with { Layers = 2, Bidirectional = true };
        var (said, arrays) = PrototypeSamples.Write(ConventionTable.Row, spec, batchSize: 3);
        var renamed = new NamedArrays();
        foreach (var (name, array) in arrays)
        {
            renamed.Add(name.Replace('.', '_'), array);
        }

        var prototype = PrototypeReader.Read(renamed);
        Assert.Equal(said.Weights["Whh.1r"].Data, prototype.Weights["Whh.1r"].Data);
        Assert.Equal("dWhh_1r", prototype.NameOf("dWhh.1r"));
    }

    [Theory]
    [InlineData(1.0, Reduction.Mean)]
    [InlineData(15.0, Reduction.Sum)]
    public void Reduction_FollowsFromTheLoss(double factor, Reduction expected)
    {
        var spec = Spec("tanh") with { Reduction = Reduction.Mean };
        var (said, arrays) = PrototypeSamples.Write(ConventionTable.Canonical, spec, batchSize: 3);
        using var engine = new ManualEngine<double>(said.Weights);
        var loss = new NdArray<double>([1.1 * factor * engine.Gradients(said.Batch).Loss]);
        Assert.Equal(expected, PrototypeReader.Read(arrays.With("loss", loss).Without("meta")).Spec.Reduction);
        Assert.Equal(Reduction.Mean, PrototypeReader.Read(arrays.With("loss", loss)).Spec.Reduction);
    }

    [Fact]
    public void Activation_ChoosesThePlainCell()
    {
        var arrays = PrototypeSamples.Write(ConventionTable.Canonical, Spec("relu"), batchSize: 3).Arrays;
        Assert.Equal(RnnCell.Relu, PrototypeReader.Read(arrays).Spec.Cell);
        Assert.Equal(RnnCell.Relu, PrototypeReader.Read(arrays.With("meta", """{"cell": "rnn", "activation": "relu", "reduction": "sum"}""")).Spec.Cell);
        Assert.Equal(RnnCell.Tanh, PrototypeReader.Read(arrays.With("meta", """{"cell": "rnn", "reduction": "sum"}""")).Spec.Cell);
    }

    [Fact]
    public void UnknownArrays_AreListedAndGradientsMayBeNamedEitherWay()
    {
        var arrays = PrototypeSamples.Write(ConventionTable.Numbered, Spec("tanh"), batchSize: 3).Arrays
            .Renamed("dW2", "grad.W2").With("momentum", new NdArray<double>(3, 2)).With("note", "anything");
        var prototype = PrototypeReader.Read(arrays);
        Assert.Equal("grad.W2", prototype.Claims.Single(claim => claim.Tensor == "dWhh").Name);
        Assert.Equal("grad.W2", prototype.NameOf("dWhh"));
        Assert.Equal(["momentum", "note"], prototype.Ignored);
    }

    private static RnnSpec Spec(string cell) => new() { Cell = CellTable.Named(cell), InputSize = 4, HiddenSize = 7, OutputSize = 2, Reduction = Reduction.Sum };
}
