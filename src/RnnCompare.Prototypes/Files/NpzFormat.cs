using System.IO.Compression;

namespace RnnCompare.Prototypes.Files;

/// <summary>NumPy's format of many arrays: a zip archive of <c>.npy</c> entries, stored or deflated, with zip64 where sizes need it.</summary>
/// <remarks>
/// .NET's archive neither compares checksums nor minds entries that share bytes, with which a small file could promise
/// much: here checksums are compared, and all entries together may claim no more bytes than the file has. An entry
/// may promise at most 1032 times its own bytes, the most that deflate can do.
/// </remarks>
internal static class NpzFormat
{
    private const string Extension = ".npy";
    private const string Pickle = "data.pkl"; // of torch.save
    private const int MostInflated = 1032;

    // Inflating what is refused anyway costs time: larger arrays are stored, as np.savez does.
    private const long LargestDeflated = 256L << 20;
    private const int EntryOverhead = 30 + 46; // an entry's header before its data, and in the directory, without its name

    private static readonly DateTimeOffset Timestamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static NamedArrays Read(Stream stream, string source)
    {
        var arrays = new NamedArrays(source);
        using var archive = Open(stream, source);
        var unclaimed = stream.Length;
        foreach (var entry in archive.Entries)
        {
            var name = new ArrayName(source, entry.FullName);
            if (!entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
            {
                throw entry.Name == Pickle ? ArrayName.Refuse(source, ArrayFile.PickleRefusal) : name.Refuse("is not an array; expected entries that end in .npy.");
            }

            name = name with { Name = entry.FullName[..^Extension.Length] };
            if (arrays.TryGet(name.Name, out _)) throw name.Refuse("is there twice.");

            unclaimed -= entry.CompressedLength + EntryOverhead;
            if (entry.CompressedLength < 0 || unclaimed < 0)
            {
                throw name.Refuse($"overlaps other arrays: together they claim more bytes than the file's {stream.Length}.");
            }

            arrays.Add(name.Name, Read(entry, name));
        }

        return arrays;
    }

    public static void Write(Stream stream, NamedArrays arrays)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, array) in arrays)
        {
            var entry = archive.CreateEntry(name + Extension, CompressionLevel.NoCompression);
            entry.LastWriteTime = Timestamp; // equal arrays make equal files
            using var content = entry.Open();
            NpyFormat.Write(content, array);
        }
    }

    private static ZipArchive Open(Stream stream, string source)
    {
        try
        {
            var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            _ = archive.Entries; // reads the directory
            return archive;
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw ArrayName.Refuse(source, $"is not a readable zip archive: {error.Message}");
        }
    }

    private static StoredArray Read(ZipArchiveEntry entry, ArrayName name)
    {
        if (entry.Length > entry.CompressedLength * MostInflated)
        {
            throw name.Refuse($"promises {entry.Length} bytes; its {entry.CompressedLength} bytes in the file can hold at most {entry.CompressedLength * MostInflated}.");
        }

        if (entry.Length > LargestDeflated && entry.Length > entry.CompressedLength)
        {
            throw name.Refuse($"would inflate to {entry.Length} bytes, but a compressed array may have at most {LargestDeflated}; store it uncompressed.");
        }

        using var content = Open(entry, name);
        var checksum = new Crc32();
        var array = NpyFormat.Read(new ArrayBytes(content, entry.Length, entry.CompressedLength, name, checksum));
        return checksum.Value == entry.Crc32
            ? array
            : throw name.Refuse($"is damaged: expected checksum {entry.Crc32:x8}, found {checksum.Value:x8}.");
    }

    private static Stream Open(ZipArchiveEntry entry, ArrayName name)
    {
        try
        {
            return entry.Open();
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw name.Refuse($"cannot be opened: {error.Message}");
        }
    }

    /// <summary>A damaged offset can send the archive to before the file's beginning, which streams call an I/O error.</summary>
    private static bool IsDamage(Exception error) => error is InvalidDataException or IOException;
}
