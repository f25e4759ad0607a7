namespace RnnCompare.Experiments.Tests;

public sealed class InputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void ReadText_NamesTheByteThatIsNoUtf8()
    {
        var path = _folder.Write("bad.txt", [0x61, 0xC3, 0xA9, 0x62, 0xFF, 0x63]);
        var error = Assert.Throws<InputException>(() => InputFile.ReadText(path));
        Assert.Equal($"{path}: byte 4 (0xff) is no valid UTF-8.", error.Message);
    }

    [Fact]
    public void ReadText_FindsAnInvalidByteFarIntoAFile()
    {
        var bytes = Enumerable.Repeat((byte)'a', 100_000).ToArray();
        bytes[77_777] = 0xC3;
        var path = _folder.Write("bad.txt", bytes);
        Assert.Contains("byte 77777 (0xc3)", Assert.Throws<InputException>(() => InputFile.ReadText(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadText_DropsByteOrderMarkAndCarriageReturns()
    {
        Assert.Equal("é\nb", InputFile.ReadText(_folder.Write("mark.txt", [0xEF, 0xBB, 0xBF, 0xC3, 0xA9, 0x0D, 0x0A, 0x62])));
    }

    [Fact]
    public void ReadBytes_SaysWhyItCannot()
    {
        var missing = Path.Combine(_folder.Path, "missing.txt");
        Assert.Equal($"{missing}: there is no such file.", Assert.Throws<InputException>(() => InputFile.ReadBytes(missing)).Message);
        Assert.Equal($"{_folder.Path}: the file cannot be read (it is a folder).", Assert.Throws<InputException>(() => InputFile.ReadBytes(_folder.Path)).Message);
        var empty = _folder.Write("empty.txt", "");
        Assert.Equal($"{empty}: the file is empty.", Assert.Throws<InputException>(() => InputFile.ReadBytes(empty)).Message);
    }

    public void Dispose() => _folder.Dispose();
}
