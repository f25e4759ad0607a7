using System.IO.Compression;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Tests.Files;

/// <summary>Files that NumPy 1.24.2 wrote: the same arrays by savez, by savez_compressed, and as a zip64 archive.</summary>
public class NumpyFilesTests
{
    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Files", "Fixtures", name);

    [Theory]
    [InlineData("kinds.npz")]
    [InlineData("kinds_deflated.npz")]
    [InlineData("kinds_zip64.npz")]
    public void Read_TakesEveryKindOfArray(string file)
    {
        var arrays = ArrayFile.Read(Fixture(file));

        Assert.Equal(
            "float32 float64_fortran int64 int32 uint8 boolean scalar empty big_float32 big_float64 big_int64 big_int32 meta texts_fortran big_text",
            string.Join(' ', arrays.Names));
        Assert.Equal([0f, 1f / 3, 2f / 3, 1f, 4f / 3, 5f / 3], arrays.Get<float>("float32", 2, 3).Data);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => i / 7.0), arrays.Get<double>("float64_fortran", 2, 3, 4).Data);
        Assert.Equal([long.MinValue, long.MaxValue, 0], arrays.Get<long>("int64", 3, 1).Data);
        Assert.Equal([int.MinValue, 7], arrays.Get<long>("int32", 2).Data);
        Assert.Equal([1, 0, 1], arrays.Get<long>("boolean", 3).Data);
        Assert.Equal([1.5], arrays.Get<double>("scalar", []).Data);
        Assert.Empty(arrays.Get<float>("empty", 0, 3).Data);
        Assert.Equal([1.5f, float.NaN, -0f], arrays.Get<float>("big_float32", 3).Data);
        Assert.Equal([Math.PI, double.NegativeInfinity], arrays.Get<double>("big_float64", 2, 1).Data);
        Assert.Equal([1, -(1L << 40)], arrays.Get<long>("big_int64", 2).Data);
        Assert.Equal([1, 2, 3, 4, 5, 6], arrays.Get<long>("big_int32", 2, 3).Data);
        Assert.Equal("{\"cell\": \"gru\"}", arrays.GetText("uint8"));
        Assert.Equal("{\"cell\": \"lstm\", \"naïve\": \"😀\"}", arrays.GetText("meta"));
        Assert.Equal("hé", arrays.GetText("big_text"));
        Assert.Equal(["a", "", "bcd", "e-f", "ü", "漢字"], arrays["texts_fortran"].Texts.ToArray());
        Assert.Equal([2, 3], arrays["texts_fortran"].Shape.ToArray());
    }

    [Fact]
    public void Read_KeepsTheFilesTypesVisible()
    {
        var arrays = ArrayFile.Read(Fixture("kinds.npz"));
        Assert.Equal(
            [ElementType.Float32, ElementType.Float64, ElementType.Int64, ElementType.Int32, ElementType.UInt8, ElementType.Boolean, ElementType.Text],
            ((string[])["big_float32", "scalar", "int64", "big_int32", "uint8", "boolean", "meta"]).Select(name => arrays[name].ElementType));
    }

    [Fact]
    public void Read_TakesAFolderOfSingleArrays()
    {
        var arrays = ArrayFile.Read(Fixture("prototype"));
        Assert.Equal(["Whh", "Wxh"], arrays.Names);
        Assert.Equal([0, 1, 2, 3], arrays.Get<double>("Whh", 2, 2).Data);
        Assert.Equal([1, 1], arrays.Get<float>("Wxh", 2, 1).Data);
    }

    [Theory]
    [InlineData("version2.npy")]
    [InlineData("version3.npy")]
    public void Read_TakesEveryVersionOfTheFormat(string file) =>
        Assert.Equal([1.25, -2], ArrayFile.Read(Fixture(file)).Get<double>(Path.GetFileNameWithoutExtension(file), 2).Data);

    [Fact]
    public void Read_TakesAnArchiveOfNothing() => Assert.Equal(0, ArrayFile.Read(Fixture("none.npz")).Count);

    [Theory]
    [InlineData("objects.npy", "objects holds Python objects, which are pickles and never loaded; expected numbers or text.")]
    [InlineData("records.npy", "records has records for elements (a structured type); expected numbers or text.")]
    [InlineData("complex.npy", "complex has elements of type '<c16'; expected float16, float32, float64, longdouble, int64, int32, uint8, bool or text.")]
    [InlineData("list.pkl", ArrayFile.PickleRefusal)]
    [InlineData("prototype/notes.txt", "starts with 46696C6573206F6620; expected .npz, .npy or .safetensors.")]
    public void Read_RefusesWhatIsNoArrayOfNumbersOrText(string file, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => ArrayFile.Read(Fixture(file)));
        Assert.Equal($"{Fixture(file)}: {reason}", error.Message);
    }

    // A zip archive too, but of a pickle and its storages.
    [Fact]
    public void Read_RefusesWhatTorchSaveWrites()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("rnncompare-").FullName, "state.pt");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            archive.CreateEntry("state/data.pkl");
        }

        Assert.Equal($"{path}: {ArrayFile.PickleRefusal}", Assert.Throws<InvalidDataException>(() => ArrayFile.Read(path)).Message);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Read_RefusesAFolderWithoutArrays()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Assert.Contains("is a folder without .npy files", Assert.Throws<InvalidDataException>(() => ArrayFile.Read(folder.FullName)).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete();
        }
    }

    [Fact]
    public void Read_SaysThatAFileIsMissing() =>
        Assert.Throws<FileNotFoundException>(() => ArrayFile.Read(Fixture("absent.npz")));
}
