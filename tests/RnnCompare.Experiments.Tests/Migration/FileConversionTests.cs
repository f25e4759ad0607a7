using RnnCompare.Cells;
using RnnCompare.Experiments.Migration;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Tests.Shared;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnCompare.Experiments.Tests.Migration;

public sealed class FileConversionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void TorchSharpsOwnFile_ComesBackBitForBit(ScalarType precision)
    {
        using var module = new Named(precision);
        module.save(_folder.At("a.dat"));
        FileConversion.Convert(_folder.At("a.dat"), _folder.At("b.safetensors"), null, PrototypeOptions.None);
        FileConversion.Convert(_folder.At("b.safetensors"), _folder.At("c.npz"), null, PrototypeOptions.None);
        FileConversion.Convert(_folder.At("c.npz"), _folder.At("d.dat"), null, PrototypeOptions.None);

        using var other = new Named(precision);
        other.load(_folder.At("d.dat"));
        Assert.Contains(module.state_dict().Keys, name => name.StartsWith("编码器.größe.", StringComparison.Ordinal));
        Assert.All(module.state_dict(), entry => Assert.True(entry.Value.Equals(other.state_dict()[entry.Key]), entry.Key));

        var (first, last) = (ArrayFile.Read(_folder.At("a.dat")), ArrayFile.Read(_folder.At("d.dat")));
        Assert.Equal(first.Names.Order(), last.Names.Order());
        Assert.All(first, entry => Assert.Equal((entry.Value.ElementType, entry.Value.ShapeText, Convert.ToHexString(entry.Value.Bytes())), (last[entry.Key].ElementType, last[entry.Key].ShapeText, Convert.ToHexString(last[entry.Key].Bytes()))));
    }

    [Fact]
    public void Weights_GoThroughEveryConventionAndComeBack()
    {
        var spec = new RnnSpec { Cell = GruCell.Instance, InputSize = 4, HiddenSize = 7, OutputSize = 3 };
        var weights = Samples.Weights<double>(spec, seed: 5);
        ArrayFile.Write(_folder.At("0.npz"), StateDict.Of(weights));
        var path = _folder.At("0.npz");
        foreach (var (convention, i) in ConventionTable.All.Append(ConventionTable.Torch).Select((convention, i) => (convention, i)))
        {
            // Two conventions name the same arrays: the reader is told which it is.
            var options = i == 0 ? PrototypeOptions.None : PrototypeOptions.None.With("convention", ConventionTable.All[i - 1].Name).With("gru_reset", "after");
            var next = _folder.At($"{i + 1}{(i % 2 == 0 ? ".safetensors" : ".dat")}");
            FileConversion.Convert(path, next, convention, options);
            path = next;
        }

        var read = StateDict.Read<double>(ArrayFile.Read(path), spec);
        Assert.All(weights.Tensors.Zip(read.Tensors), pair => Assert.Equal(pair.First.Values.Data, pair.Second.Values.Data));
    }

    [Fact]
    public void Convert_ThatFails_LeavesTheTargetAsItWas()
    {
        var arrays = new NamedArrays { { "Wxh", new NdArray<double>([1, 2], 2) }, { "meta", "{}" } };
        ArrayFile.Write(_folder.At("a.npz"), arrays);
        var target = _folder.Write("b.dat", "old");

        var error = Assert.Throws<InputException>(() => FileConversion.Convert(_folder.At("a.npz"), target, null, PrototypeOptions.None));

        Assert.Equal($"{target}: meta is text, which TorchSharp's format cannot hold.", error.Message);
        Assert.Equal("old", File.ReadAllText(target));
        Assert.Equal(2, Directory.EnumerateFiles(_folder.Path).Count());
        Assert.Contains("expected .npz, .safetensors or .dat", Assert.Throws<InputException>(() => FileConversion.Convert(_folder.At("a.npz"), _folder.At("b.bin"), null, PrototypeOptions.None)).Message, StringComparison.Ordinal);
    }

    // Every file that is cut short, and every byte changed: an array, or one line.
    [Fact]
    public void DamagedTorchSharpFiles_AreRefusedInOneLine()
    {
        var arrays = new NamedArrays { { "größe", new NdArray<float>([1, 2, 3], 3, 1) }, { "tokens", new NdArray<long>([7], 1) } };
        ArrayFile.Write(_folder.At("a.dat"), arrays);
        var bytes = File.ReadAllBytes(_folder.At("a.dat"));
        for (var length = 0; length < bytes.Length; length++)
        {
            var path = _folder.Write("short.dat", bytes[..length]);
            var error = Assert.Throws<InvalidDataException>(() => ArrayFile.Read(path));
            Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        }

        for (var position = 0; position < bytes.Length; position++)
        {
            foreach (var value in new byte[] { 0, 1, 2, 0x7f, 0x80, 0xff })
            {
                var damaged = (byte[])bytes.Clone();
                damaged[position] = value;
                var path = _folder.Write("damaged.dat", damaged);
                Assert.IsType<InvalidDataException>(Record.Exception(() => ArrayFile.Read(path)) ?? new InvalidDataException());
            }
        }
    }

    private sealed class Named : nn.Module
    {
        private static readonly long[] Steps = [3, -1];
        private static readonly int[] Narrow = [5, -6];
        private static readonly bool[] Mask = [true, false, true];

        public Named(ScalarType precision)
            : base(nameof(Named))
        {
            register_module("编码器", new Inner(precision));
            register_buffer("steps", tensor(Steps));
            register_buffer("mask", tensor(Mask));
            register_buffer("narrow", tensor(Narrow));
        }
    }

    private sealed class Inner : nn.Module
    {
        public Inner(ScalarType precision)
            : base(nameof(Inner))
        {
            register_module("größe", nn.LSTM(3, 4, 2, bidirectional: true, dtype: precision));
        }
    }
}
