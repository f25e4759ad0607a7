using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Tests.Files;

public sealed class ArrayFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("weights.npz")]
    [InlineData("weights.safetensors")]
    public void WriteThenRead_GivesEveryBitBack(string file)
    {
        var path = Path.Combine(_folder, file);
        var written = Sample();
        ArrayFile.Write(path, written);
        var read = ArrayFile.Read(path);

        Assert.Equal(written.Names.Order(), read.Names.Order());
        foreach (var (name, array) in written)
        {
            Assert.Equal((array.ElementType, array.ShapeText), (read[name].ElementType, read[name].ShapeText));
            Assert.Equal(Bytes(array), Bytes(read[name]));
            Assert.Equal(array.Texts.ToArray(), read[name].Texts.ToArray());
        }
    }

    [Fact]
    public void Npz_KeepsTheOrderOfNames()
    {
        var path = Path.Combine(_folder, "weights.npz");
        ArrayFile.Write(path, Sample());
        Assert.Equal(Sample().Names, ArrayFile.Read(path).Names);
    }

    [Theory]
    [InlineData("weights.npz")]
    [InlineData("weights.safetensors")]
    public void Write_MakesEqualFilesOfEqualArrays(string file)
    {
        var path = Path.Combine(_folder, file);
        ArrayFile.Write(path, Sample());
        var first = File.ReadAllBytes(path);
        ArrayFile.Write(path, Sample());
        Assert.Equal(first, File.ReadAllBytes(path));
    }

    [Fact]
    public void Write_ThatFailsLeavesTheOldFileAndNothingElse()
    {
        var path = Path.Combine(_folder, "weights.npz");
        ArrayFile.Write(path, Sample());
        var before = File.ReadAllBytes(path);

        Assert.Throws<TimeoutException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write([1, 2, 3]);
            throw new TimeoutException();
        }));

        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_RefusesAnExtensionThatNamesNoFormat() =>
        Assert.Throws<ArgumentException>("path", () => ArrayFile.Write(Path.Combine(_folder, "weights.bin"), Sample()));

    // More entries than the 16 bits of a plain zip archive can count: the directory must be zip64's.
    [Fact]
    public void Npz_WritesAndReadsZip64()
    {
        const int Count = 65_536;
        var arrays = new NamedArrays();
        for (var i = 0; i < Count; i++)
        {
            arrays.Add($"{i}", new NdArray<long>([i], []));
        }

        using var stream = new MemoryStream();
        NpzFormat.Write(stream, arrays);
        Assert.True(stream.GetBuffer().AsSpan().IndexOf("PK\x6\x6"u8) > 0);

        var read = ArrayFile.Read(new MemoryStream(stream.ToArray()), "many.npz");
        Assert.Equal(Count, read.Count);
        Assert.Equal([Count - 1], read.Get<long>($"{Count - 1}", []).Data);
    }

    private static NamedArrays Sample() => new()
    {
        { "Wxh", new NdArray<double>([double.Epsilon, -0.0, double.NaN, BitConverter.UInt64BitsToDouble(0xFFF8_0000_0000_0123), double.MinValue, 1 / 3.0], 3, 1, 2) },
        { "bh", new NdArray<float>([float.Epsilon, -0f, BitConverter.UInt32BitsToSingle(0x7FC0_0321)], 3) },
        { "tokens", new NdArray<long>([long.MinValue, -1, long.MaxValue, 4], 4, 1) },
        { "loss", new NdArray<double>([2.5]) },
        { "mask", new NdArray<float>(0, 7) },
        { "layer/1: \"Größe\" 😀", new NdArray<float>([1, 2], 1, 2) },
        { "meta", "{\"cell\": \"lstm\", \"größe\": \"😀\"}" },
        { "note", "" },
    };

    private static byte[] Bytes(StoredArray array)
    {
        using var stream = new MemoryStream();
        array.WriteNumbers(stream);
        return stream.ToArray();
    }
}
