using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Engines;
using RnnCompare.Experiments.Migration;
using RnnCompare.Experiments.OnnxModels;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Experiments.Tests.Migration;

/// <summary>Files that PyTorch and NumPy wrote.</summary>
public sealed class WrittenFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("float32")]
    [InlineData("float64")]
    public void PyTorchsAndNumpysFiles_BecomeOneAnotherBitForBit(string precision)
    {
        var (torch, numpy) = (Written($"torch-{precision}.safetensors"), Written($"numpy-{precision}.npz"));
        RequireSame(Through(torch, "a.npz"), ArrayFile.Read(numpy));
        RequireSame(Through(numpy, "b.safetensors"), ArrayFile.Read(torch));
        RequireSame(Through(_folder.At("b.safetensors"), "c.dat"), ArrayFile.Read(numpy));
        RequireSame(Through(_folder.At("c.dat"), "d.safetensors"), ArrayFile.Read(torch));
        Assert.Contains(ArrayFile.Read(_folder.At("d.safetensors")).Names, name => name.StartsWith("größe_编码.weight_ih_l1_reverse", StringComparison.Ordinal));
    }

    // The network in the file is the one that PyTorch ran, read from either file and after every conversion of conventions.
    [Theory]
    [InlineData("float32", Precision.Float32)]
    [InlineData("float64", Precision.Float64)]
    public void TheNetworkInThem_ComputesWhatPyTorchComputed(string precision, Precision rounding)
    {
        var computed = ArrayFile.Read(Written($"torch-{precision}-computed.npz"));
        Through(Written($"torch-{precision}.safetensors"), "torch.dat");
        foreach (var path in new[] { Written($"torch-{precision}.safetensors"), Written($"numpy-{precision}.npz"), _folder.At("torch.dat") })
        {
            var network = NetworkFile.Read(path, PrototypeOptions.None);
            Assert.True(network.HasReadOut);
            using var engine = new ManualEngine<double>(network.Weights);
            var forward = engine.Forward(new() { Inputs = new(computed.Get<double>("x")) });
            var limit = 16 * (rounding == Precision.Float32 ? 1e-7 : 2e-16);
            Assert.True(Distance(forward.Hidden, computed.Get<double>("h")) < limit, path);
            Assert.True(Distance(forward.Outputs, computed.Get<double>("y")) < limit, path);
        }
    }

    // A state dict alone: on a random batch, the migrated model is the network in it.
    [Theory]
    [InlineData("Migration/written/torch-float64.safetensors", "bidirectional: Directions == 2", true)]
    [InlineData("OnnxModels/pytorch/lstm-without-bias.npz", "HasBias = false;", false)]
    public void AStateDictAlone_IsMigrated(string file, string inModel, bool hasBiases)
    {
        var path = Path.Combine(AppContext.BaseDirectory, file);
        var prepared = Migrator.Examine(Migrator.Map(path, new() { Name = "Alone" }));
        Assert.True(prepared.IsAllowed);
        Assert.Contains("weights and nothing else", string.Join('\n', prepared.Prototype.Table.Notes), StringComparison.Ordinal);
        Migrator.Write(prepared, _folder.At("Alone"));

        Assert.Contains(inModel, File.ReadAllText(_folder.At("Alone/Model.cs")), StringComparison.Ordinal);
        Assert.Equal(hasBiases, ArrayFile.Read(_folder.At("Alone/weights.safetensors")).Names.Contains("rnn.bias_ih_l0"));
    }

    // A table of vectors among the weights is the model's; a second bias is added to the first, and the mapping says so.
    [Fact]
    public void AStateDictWithATable_IsMigratedWithIt()
    {
        var spec = new RnnSpec { Cell = LstmCell.Instance, InputSize = 4, HiddenSize = 7, OutputSize = 3 };
        var arrays = StateDict.Of(Samples.Weights<double>(spec, seed: 5));
        arrays.Add("embedding.weight", Samples.Normal<double>(new Random(6), 1, 9, 4));
        ArrayFile.Write(_folder.At("table.safetensors"), arrays);
        var prepared = Migrator.Examine(Migrator.Map(_folder.At("table.safetensors"), new()));
        Migrator.Write(prepared, _folder.At("Out"));

        Assert.True(prepared.IsAllowed);
        Assert.Contains(prepared.Prototype.Table.Rows, row => row is ["embedding.weight", "(9, 4)", "embedding.weight", "(9, 4)", ..]);
        Assert.Contains(prepared.Prototype.Table.Rows, row => row[0] == "bias_hh_l0" && row[2] == "rnn.bias_ih_l0" && row[4].StartsWith("added to it", StringComparison.Ordinal));
        Assert.Equal(arrays.Get<double>("embedding.weight").Data, ArrayFile.Read(_folder.At("Out/weights.safetensors")).Get<double>("embedding.weight").Data);
    }

    private NamedArrays Through(string source, string name)
    {
        FileConversion.Convert(source, _folder.At(name), null, PrototypeOptions.None);
        return ArrayFile.Read(_folder.At(name));
    }

    private static void RequireSame(NamedArrays actual, NamedArrays expected)
    {
        Assert.Equal(expected.Names.Order(StringComparer.Ordinal), actual.Names.Order(StringComparer.Ordinal));
        Assert.All(expected, entry => Assert.Equal(
            (entry.Key, entry.Value.ElementType, entry.Value.ShapeText, Convert.ToHexString(entry.Value.Bytes())),
            (entry.Key, actual[entry.Key].ElementType, actual[entry.Key].ShapeText, Convert.ToHexString(actual[entry.Key].Bytes()))));
    }

    private static double Distance(NdArray<double> a, NdArray<double> b)
    {
        Assert.Equal(b.ShapeText, a.ShapeText);
        return Math.Sqrt(a.Data.Zip(b.Data, (x, y) => (x - y) * (x - y)).Sum() / b.Data.Sum(y => y * y));
    }

    private static string Written(string name) => Path.Combine(AppContext.BaseDirectory, "Migration", "written", name);
}
