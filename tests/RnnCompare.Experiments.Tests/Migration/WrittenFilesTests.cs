using RnnCompare.Checking.Comparison;
using RnnCompare.Engines;
using RnnCompare.Experiments.Migration;
using RnnCompare.Experiments.OnnxModels;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;

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

    private NamedArrays Through(string source, string name)
    {
        FileConversion.Convert(source, _folder.At(name), null, PrototypeOptions.None);
        return ArrayFile.Read(_folder.At(name));
    }

    private static void RequireSame(NamedArrays actual, NamedArrays expected)
    {
        Assert.Equal(expected.Names, actual.Names);
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
