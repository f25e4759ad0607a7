using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Tests.Files;

public class FileFuzzTests
{
    private const int Mutations = 4_000;

    // What a reader may take for a file of n bytes: the archive's and the decompressor's buffers, and so much per byte.
    private const long FixedBytes = 512 << 10;
    private const long BytesPerByte = 64;

    public static TheoryData<string> Files => ["kinds.npz", "kinds_deflated.npz", "kinds_zip64.npz", "version2.npy", "weights.safetensors"];

    [Theory]
    [MemberData(nameof(Files))]
    public void DamagedFile_IsReadOrRefusedInBoundedMemory(string file)
    {
        var original = Bytes(file);
        var random = new Random(20_000);
        var refused = 0;
        for (var i = 0; i < Mutations; i++)
        {
            var damaged = Damage(original, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            if (!TryRead(damaged)) refused++;

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.InRange(allocated, 0, FixedBytes + (BytesPerByte * damaged.Length));
        }

        Assert.InRange(refused, Mutations / 2, Mutations);
    }

    private static bool TryRead(byte[] bytes)
    {
        try
        {
            ArrayFile.Read(new MemoryStream(bytes), "damaged");
            return true;
        }
        catch (InvalidDataException error)
        {
            Assert.StartsWith("damaged: ", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(error.Message, char.IsControl);
            return false;
        }
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        var bytes = (byte[])original.Clone();
        for (var flips = random.Next(1, 9); flips > 0; flips--)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static byte[] Bytes(string file)
    {
        if (!file.EndsWith(".safetensors", StringComparison.Ordinal)) return File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Files", "Fixtures", file));

        using var stream = new MemoryStream();
        SafetensorsFormat.Write(stream, new NamedArrays
        {
            { "Whh", new NdArray<float>(3, 2) },
            { "Why", new NdArray<double>(1, 5) },
            { "targets", new NdArray<long>(4) },
            { "meta", "{}" },
        });
        return stream.ToArray();
    }
}
