using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Prototypes.Tests.Reading;

/// <summary>What is written in a convention is read back from it, bit for bit.</summary>
public class RoundTripTests
{
    public static TheoryData<string, string, int, bool> Networks()
    {
        var data = new TheoryData<string, string, int, bool>();
        foreach (var convention in ConventionTable.All)
        {
            foreach (var cell in CellTable.All)
            {
                foreach (var layers in convention.Layers.Stacks ? (int[])[1, 2, 3] : [1])
                {
                    data.Add(convention.Name, cell.Name, layers, false);
                    if (convention.Layers.Stacks)
                    {
                        data.Add(convention.Name, cell.Name, layers, true);
                    }
                }
            }
        }

        return data;
    }

    public static TheoryData<string, OutputMode, LossKind, bool, bool, bool> Batches()
    {
        var data = new TheoryData<string, OutputMode, LossKind, bool, bool, bool>();
        foreach (var convention in ConventionTable.All)
        {
            foreach (var outputs in Enum.GetValues<OutputMode>())
            {
                data.Add(convention.Name, outputs, LossKind.CrossEntropy, true, true, true);
                data.Add(convention.Name, outputs, LossKind.CrossEntropy, false, false, false);
                data.Add(convention.Name, outputs, LossKind.SquaredError, false, true, false);
                data.Add(convention.Name, outputs, LossKind.SquaredError, true, false, true);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Prototype_ReadsBackAsWritten(string convention, string cell, int layers, bool bidirectional)
    {
        var spec = Spec(cell) with { Layers = layers, Bidirectional = bidirectional };
        var (weights, batch) = (Samples.Weights<double>(spec, seed: 1), Samples.Batch<double>(spec, steps: 5, batchSize: 3, seed: 2));
        var form = ConventionTable.Named(convention);
        var (arrays, claims) = Write(form, weights, batch);
        var prototype = PrototypeReader.Read(arrays);
        AssertSame(weights, batch, claims, prototype);
        Assert.Equal(form, prototype.Convention);
    }

    [Theory]
    [InlineData("w123", 2, false)]
    [InlineData("uwv", 1, true)]
    public void Writer_RefusesLayersThatHaveNoNames(string convention, int layers, bool bidirectional)
    {
        var spec = Spec("tanh") with { Layers = layers, Bidirectional = bidirectional };
        var (weights, batch) = (Samples.Weights<double>(spec, seed: 1), Samples.Batch<double>(spec, steps: 5, batchSize: 3, seed: 2));
        var error = Assert.Throws<ArgumentException>(() => PrototypeWriter.Create(ConventionTable.Named(convention), weights, batch));
        Assert.Contains($"{convention} has names for one layer in one direction, but the network has {layers} × {spec.Directions}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Batch_ReadsBackAsWritten(string convention, OutputMode outputs, LossKind loss, bool tokens, bool lengths, bool ones)
    {
        var spec = Spec("lstm") with { Outputs = outputs, Loss = loss, Reduction = ones ? Reduction.Mean : Reduction.Sum };
        spec = ones ? spec with { HiddenSize = 1 } : spec;
        var weights = Samples.Weights<double>(spec, seed: 1);
        var batch = Samples.Batch<double>(spec, steps: 5, batchSize: ones ? 1 : 3, seed: 2, tokens, lengths, initialState: !ones);
        var (arrays, claims) = Write(ConventionTable.Named(convention), weights, batch);
        AssertSame(weights, batch.Prepare(spec, needsTargets: true), claims, PrototypeReader.Read(arrays));
    }

    [Fact]
    public void Float32_ReadsBackExactlyAndIsKnownAsSuch()
    {
        var spec = Spec("gru");
        var weights = Samples.Weights<float>(spec, seed: 1);
        var writer = PrototypeWriter.Create(ConventionTable.Keras, weights, Samples.Batch<float>(spec, steps: 5, batchSize: 3, seed: 2));
        writer.AddGradients(weights);
        var prototype = PrototypeReader.Read(writer.Arrays);
        AssertEqual(weights.Convert<double>(), prototype.Weights);
        Assert.All(prototype.Given.Concat(prototype.Claims), array => Assert.Equal(ElementType.Float32, array.ElementType));
    }

    [Theory]
    [InlineData(".npz")]
    [InlineData(".safetensors")]
    public void EveryConvention_GoesThroughAFile(string extension)
    {
        foreach (var convention in ConventionTable.All)
        {
            var spec = Spec("gru") with { Layers = convention.Layers.Stacks ? 2 : 1, Bidirectional = convention.Layers.Stacks };
            var (weights, batch) = (Samples.Weights<double>(spec, seed: 1), Samples.Batch<double>(spec, steps: 5, batchSize: 3, seed: 2));
            var (arrays, claims) = Write(convention, weights, batch);
            var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + extension);
            try
            {
                ArrayFile.Write(path, arrays);
                AssertSame(weights, batch, claims, PrototypeReader.Read(ArrayFile.Read(path)));
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Locate_LeadsToTheElementInThePrototypesOwnArray(string convention, string cell, int layers, bool bidirectional)
    {
        var spec = Spec(cell) with { Layers = layers, Bidirectional = bidirectional };
        var arrays = Write(ConventionTable.Named(convention), Samples.Weights<double>(spec, seed: 1), Samples.Batch<double>(spec, steps: 5, batchSize: 3, seed: 2)).Arrays;
        var prototype = PrototypeReader.Read(arrays);
        foreach (var array in prototype.Given.Concat(prototype.Claims))
        {
            var own = arrays.Get<double>(array.Name);
            for (var i = 0; i < array.Values.Length; i++)
            {
                var place = array.Locate(i);
                Assert.Equal($"{array.Name}[{string.Join(',', prototype.IndexOf(array.Tensor, array.Values.IndexOf(i)))}]", place.Contains('[', StringComparison.Ordinal) ? place : place + "[]");
                var index = place[array.Name.Length..].Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToArray();
                Assert.Equal(own.Rank, index.Length);
                var position = index.Select((at, axis) => at * own.Shape[(axis + 1)..].ToArray().Aggregate(1, (a, b) => a * b)).Sum();
                Assert.Equal(own.Data[position], array.Values.Data[i]);
            }
        }
    }

    private static RnnSpec Spec(string cell) => new() { Cell = CellTable.Named(cell), InputSize = 4, HiddenSize = 7, OutputSize = 2 };

    private static (NamedArrays Arrays, Dictionary<string, NdArray<double>> Claims) Write(Convention convention, RnnWeights<double> weights, SequenceBatch<double> batch)
    {
        var writer = PrototypeWriter.Create(convention, weights, batch);
        using var engine = new ManualEngine<double>(weights);
        var (forward, result) = (engine.Forward(batch), engine.Gradients(batch));
        var claims = new Dictionary<string, NdArray<double>>
        {
            ["loss"] = new([result.Loss]),
            ["y"] = forward.Outputs,
            ["p"] = forward.Outputs,
            ["h"] = forward.Hidden,
            ["dh"] = result.Hidden!,
            ["dh0"] = result.InitialState.Hidden,
        };
        if (result.Inputs is { } dx)
        {
            claims["dx"] = dx;
        }

        if (result.InitialState.Cell is { } dc0)
        {
            claims["dc0"] = dc0;
        }

        foreach (var (tensor, values) in claims)
        {
            writer.Add(tensor, values);
        }

        writer.AddGradients(result.Weights);
        foreach (var (tensor, values) in result.Weights.Tensors)
        {
            claims.Add("d" + tensor, values);
        }

        return (writer.Arrays, claims);
    }

    private static void AssertSame(RnnWeights<double> weights, SequenceBatch<double> batch, Dictionary<string, NdArray<double>> claims, SavedPrototype read)
    {
        AssertEqual(weights, read.Weights);
        AssertEqual(batch.Inputs.Values, read.Batch.Inputs.Values);
        AssertEqual(batch.Inputs.Tokens, read.Batch.Inputs.Tokens);
        AssertEqual(batch.Targets!.Values, read.Batch.Targets!.Values);
        AssertEqual(batch.Targets.Classes, read.Batch.Targets.Classes);
        AssertEqual(batch.InitialState?.Hidden, read.Batch.InitialState?.Hidden);
        AssertEqual(batch.InitialState?.Cell, read.Batch.InitialState?.Cell);
        Assert.Equal(batch.Lengths, read.Batch.Lengths);
        Assert.Empty(read.Ignored);
        Assert.Empty(read.MissingGradients);

        // A second bias has the gradient of the first, but for the candidate.
        foreach (var second in read.Claims.Where(claim => claim.Tensor.StartsWith("d" + SecondBias.Name, StringComparison.Ordinal)))
        {
            var first = claims["dbh" + second.Tensor[("d" + SecondBias.Name).Length..]];
            claims.Add(second.Tensor, new(first.Data[..second.Values.Length], second.Values.Length));
            Assert.Equal(first.Length - (read.Spec.Cell.HasCandidateBias ? read.Spec.HiddenSize : 0), second.Values.Length);
        }

        Assert.Equal(claims.Keys.Order(), read.Claims.Select(claim => claim.Tensor).Order());
        foreach (var claim in read.Claims)
        {
            AssertEqual(claims[claim.Tensor], claim.Values);
        }
    }

    private static void AssertEqual(RnnWeights<double> expected, RnnWeights<double> actual)
    {
        Assert.Equal(expected.Spec, actual.Spec);
        foreach (var (a, b) in expected.Tensors.Zip(actual.Tensors))
        {
            Assert.Equal(a.Name, b.Name);
            AssertEqual(a.Values, b.Values);
        }
    }

    private static void AssertEqual<T>(NdArray<T>? expected, NdArray<T>? actual)
        where T : unmanaged
    {
        Assert.Equal(expected?.ShapeText, actual?.ShapeText);
        Assert.Equal(expected?.Data, actual?.Data);
    }
}
