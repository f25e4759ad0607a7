using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Tests.Files;

/// <summary>Files that are wrong in one chosen way; each must be refused for that reason.</summary>
public class DamagedFilesTests
{
    private const int DirectoryChecksum = 16;
    private const int DirectoryCompressedLength = 20;
    private const int DirectoryLength = 24;

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Npz_WithAnotherChecksumIsRefused(CompressionLevel compression)
    {
        var bytes = Archive(compression, ("Whh.npy", Npy("<f8", "(2,)", 16)));
        Assert.Equal([0, 0], Read(bytes).Get<double>("Whh", 2).Data);
        Patch(bytes, DirectoryChecksum, checksum => checksum ^ 1);
        Refuses("Whh is damaged: expected checksum ", bytes);
    }

    [Fact]
    public void Npz_WithAChangedElementIsRefused()
    {
        var bytes = Archive(CompressionLevel.NoCompression, ("Whh.npy", Npy("<f8", "(2,)", 16)));
        bytes[Directory(bytes) - 1] ^= 1;
        Refuses("Whh is damaged: expected checksum ", bytes);
    }

    [Fact]
    public void Npz_WithOneNameTwiceIsRefused()
    {
        var array = Npy("<f4", "(1,)", 4);
        Refuses("Whh is there twice.", Archive(CompressionLevel.NoCompression, ("Whh.npy", array), ("Whh.npy", array)));
    }

    [Fact]
    public void Npz_WithAnEntryThatIsNoArrayIsRefused() =>
        Refuses("notes.txt is not an array; expected entries that end in .npy.", Archive(CompressionLevel.Optimal, ("notes.txt", [0x80, 2])));

    // One entry of a kilobyte, which the directory lists ten times.
    [Fact]
    public void Npz_WhoseArraysShareBytesIsRefused()
    {
        var bytes = Archive(CompressionLevel.NoCompression, ("0.npy", Npy("<u1", "(1000,)", 1000)));
        var record = bytes.AsSpan(Directory(bytes), 46 + 5).ToArray();
        var end = bytes.AsSpan(bytes.Length - 22).ToArray();
        List<byte> bomb = [.. bytes.AsSpan(0, Directory(bytes))];
        for (var copy = 0; copy < 10; copy++)
        {
            record[46] = (byte)('0' + copy);
            bomb.AddRange(record);
        }

        BinaryPrimitives.WriteInt16LittleEndian(end.AsSpan(8), 10);
        BinaryPrimitives.WriteInt16LittleEndian(end.AsSpan(10), 10);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), 10 * record.Length);
        bomb.AddRange(end);
        Refuses("1 overlaps other arrays: together they claim more bytes than the file's ", [.. bomb]);
    }

    [Fact]
    public void Npz_ThatPromisesMoreThanDeflateCanHoldIsRefused()
    {
        var bytes = Archive(CompressionLevel.Optimal, ("x.npy", Npy("<f8", "(100000000,)", 0)));
        Patch(bytes, DirectoryLength, _ => 800_000_128);
        Refuses("x promises 800000128 bytes; ", bytes);
    }

    // A megabyte that cannot be compressed, under a header and a directory that promise hundreds of times as much.
    [Fact]
    public void Npz_ThatPromisesMoreThanItHoldsIsRefusedInBoundedMemory()
    {
        var noise = new byte[1 << 20];
        new Random(1).NextBytes(noise);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refuses("x is cut short: ", Promising(elements: 25_000_000));

        // Above the size that a compressed array may have, nothing is inflated at all.
        Refuses("x would inflate to 1000000128 bytes", Promising(elements: 125_000_000));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 12 * noise.Length);

        byte[] Promising(int elements)
        {
            var bytes = Archive(CompressionLevel.Optimal, ("x.npy", [.. Npy("<f8", $"({elements},)", 0), .. noise]));
            Patch(bytes, DirectoryLength, _ => (uint)((8 * elements) + 128));
            return bytes;
        }
    }

    [Fact]
    public void Npz_ThatCompressesWellIsRead()
    {
        var bytes = Archive(CompressionLevel.SmallestSize, ("h0.npy", Npy("<f8", "(1000, 1000)", 8_000_000)));
        Assert.InRange(bytes.Length, 0, 10_000);
        Assert.Equal(new double[1_000_000], Read(bytes).Get<double>("h0", 1000, 1000).Data);
    }

    [Fact]
    public void Npz_WithMoreBytesThanItSaysIsRefused()
    {
        var bytes = Archive(CompressionLevel.Optimal, ("x.npy", Npy("<f8", "(1,)", 16)));
        Patch(bytes, DirectoryLength, length => length - 8);
        Refuses("x is damaged: expected checksum ", bytes);
    }

    [Fact]
    public void Npz_WithACompressionOfAnotherKindIsRefused()
    {
        var bytes = Archive(CompressionLevel.NoCompression, ("x.npy", Npy("<f8", "(1,)", 8)));
        Patch(bytes, 10, _ => 12);
        Refuses("x cannot be opened: ", bytes);
    }

    [Fact]
    public void Npz_WithALengthOfItsOwnMakingIsRefused()
    {
        var bytes = Archive(CompressionLevel.NoCompression, ("x.npy", Npy("<f8", "(1,)", 8)));
        Patch(bytes, DirectoryCompressedLength, length => length - 1);
        Refuses("x is cut short: ", bytes);
    }

    [Theory]
    [InlineData("kinds.npz")]
    [InlineData("kinds_deflated.npz")]
    [InlineData("version2.npy")]
    public void EveryTruncation_IsRefused(string file)
    {
        var whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Files", "Fixtures", file));
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Read(whole[..length]));
        }
    }

    [Theory]
    [InlineData("<f8", "(3, 2)", 40, "x has shape (3, 2), expected 48 bytes of elements, found 40.")]
    [InlineData("<f8", "(3, 2)", 56, "x has shape (3, 2), expected 48 bytes of elements, found 56.")]
    [InlineData("<f8", "(-3, -2)", 48, "x has shape (-3, -2), expected lengths of at least 0 and at most 2147483591 elements.")]
    [InlineData("<f8", "(4294967296, 4294967296, 2)", 0, "x has shape (4294967296, 4294967296, 2), expected lengths")]
    [InlineData("<f8", "(65536, 65536, 0)", 0, "x has shape (65536, 65536, 0), expected lengths")]
    [InlineData("<f8", "(9999999999999999999,)", 0, "x has a header that is not NumPy's")]
    [InlineData("<f8", "(2", 16, "x has a header that is not NumPy's")]
    [InlineData("<f8", "2", 16, "x has a header that is not NumPy's")]
    [InlineData("<f8", "(2 2)", 16, "x has a header that is not NumPy's")]
    [InlineData("<f8", "(2,), 'shape': (2,)", 16, "x has a header that is not NumPy's")]
    [InlineData("<f8", "(2,), 'more': (2,)", 16, "x has a header that is not NumPy's")]
    [InlineData("<f8", "(2,)} or open('x')", 16, "x has a header that is not NumPy's")]
    [InlineData("<c16", "(1,)", 16, "x has elements of type '<c16'; expected float16")]
    [InlineData("|O", "(1,)", 8, "x holds Python objects, which are pickles and never loaded")]
    [InlineData("<U0", "(1000000000,)", 0, "x has elements of type '<U0'; expected float16")]
    [InlineData("<U2147483647", "(2147483591,)", 16, "x has shape (2147483591), expected 18446743575493345508 bytes of elements, found 16.")]
    public void Npy_WhoseHeaderIsWrongIsRefused(string type, string shape, int elementBytes, string reason) =>
        Refuses(reason, Npy(type, shape, elementBytes));

    [Fact]
    public void Npy_TextOfNoCharactersIsRefused()
    {
        var bytes = Npy("<U2", "()", 8);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(bytes.Length - 4), 0x110000); // one past Unicode's last
        Refuses("x holds numbers that are no characters, expected text.", bytes);
    }

    [Fact]
    public void Npy_HeaderOfAnotherOrderAndSpacingIsRead()
    {
        var text = "{ \"shape\":(2 , 1),'fortran_order' : True ,'descr':'=f4'}"u8;
        byte[] bytes = [.. NpyFormat.Magic, 1, 0, (byte)text.Length, 0, .. text, 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40];
        Assert.Equal([1, 2], ArrayFile.Read(new MemoryStream(bytes), "x.npy").Get<float>("x", 2, 1).Data);
    }

    [Fact]
    public void Messages_AreOneShortLine()
    {
        var bytes = Archive(CompressionLevel.NoCompression, ($"\u001b[31m\r\n{new string('W', 5000)}.exe", []));
        var message = Assert.Throws<InvalidDataException>(() => Read(bytes)).Message;
        Assert.StartsWith("x.npy: ?[31m??WWW", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 0, 401);
    }

    private static NamedArrays Read(byte[] bytes) => ArrayFile.Read(new MemoryStream(bytes), "x.npy");

    private static void Refuses(string reason, byte[] bytes) =>
        Assert.StartsWith("x.npy: " + reason, Assert.Throws<InvalidDataException>(() => Read(bytes)).Message, StringComparison.Ordinal);

    private static byte[] Npy(string type, string shape, int elementBytes)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n";
        return [.. NpyFormat.Magic, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[elementBytes]];
    }

    private static byte[] Archive(CompressionLevel compression, params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name, compression).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static int Directory(byte[] archive) => archive.AsSpan().LastIndexOf("PK\x1\x2"u8);

    /// <summary>Changes four bytes of the last record of the archive's directory.</summary>
    private static void Patch(byte[] archive, int field, Func<uint, uint> change)
    {
        var bytes = archive.AsSpan(Directory(archive) + field);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, change(BinaryPrimitives.ReadUInt32LittleEndian(bytes)));
    }
}
