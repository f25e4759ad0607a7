namespace RnnCompare.Prototypes.Files;

/// <summary>Reads and writes files of named arrays.</summary>
/// <remarks>
/// Whatever a file says, reading it takes memory in proportion to the bytes it has (of which deflate can make 1032 each),
/// executes nothing, and either returns every array unharmed or refuses the file in one line.
/// </remarks>
public static class ArrayFile
{
    /// <summary>What is said of a pickle, as torch.save and pickle.dump write it.</summary>
    internal const string PickleRefusal = "is a Python pickle, which is never loaded; expected .npz, .npy or .safetensors. For a state_dict of PyTorch: np.savez(\"weights.npz\", **{k: v.numpy() for k, v in state_dict.items()}).";

    /// <summary>Reads a <c>.npz</c>, a <c>.npy</c>, a <c>.safetensors</c> file, TorchSharp's <c>.dat</c>, or a folder of <c>.npy</c> files.</summary>
    /// <param name="path">The file or the folder. What is in a file decides its format, not its extension; but TorchSharp's, which has no mark, must end in <c>.dat</c>.</param>
    /// <returns>The arrays in the file's order; those of a folder in the order of their names.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or it holds what no array of numbers or text is.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static NamedArrays Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path)) return ReadFolder(path);

        using var stream = InputSource.Open(path);
        return IsTorchSharp(path) ? TorchSharpFormat.Read(stream, path) : Read(stream, path);
    }

    /// <summary>Writes a file that is there whole or not at all; it replaces one of the same name.</summary>
    /// <param name="path">Ends in <c>.npz</c>, <c>.safetensors</c> or <c>.dat</c> (TorchSharp's format), which decides the format.</param>
    /// <param name="arrays">The arrays.</param>
    /// <exception cref="ArgumentException">The extension is another, or the format cannot hold an array.</exception>
    public static void Write(string path, NamedArrays arrays) => Write(path, arrays, file => new FileStream(file, FileMode.CreateNew, FileAccess.ReadWrite));

    /// <summary>Writes through a stream of the caller's.</summary>
    /// <inheritdoc cref="Write(string, NamedArrays)"/>
    /// <param name="path">Ends in <c>.npz</c>, <c>.safetensors</c> or <c>.dat</c> (TorchSharp's format), which decides the format.</param>
    /// <param name="arrays">The arrays.</param>
    /// <param name="create">Creates a file of a name that is given.</param>
    public static void Write(string path, NamedArrays arrays, Func<string, Stream> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(arrays);
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".NPZ":
                AtomicFile.Write(path, stream => NpzFormat.Write(stream, arrays), create);
                break;
            case ".SAFETENSORS":
                AtomicFile.Write(path, stream => SafetensorsFormat.Write(stream, arrays), create);
                break;
            case ".DAT":
                AtomicFile.Write(path, stream => TorchSharpFormat.Write(stream, arrays), create);
                break;
            default:
                throw new ArgumentException($"{path} ends in '{Path.GetExtension(path)}', expected .npz, .safetensors or .dat.", nameof(path));
        }
    }

    /// <summary>Reads one file from a stream that can seek; <paramref name="source"/> names it in messages.</summary>
    internal static NamedArrays Read(Stream stream, string source)
    {
        Span<byte> start = stackalloc byte[9];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        return start switch
        {
            _ when start.StartsWith(NpyFormat.Magic) => ReadSingle(stream, source),
            _ when start.StartsWith("PK\x3\x4"u8) || start.StartsWith("PK\x5\x6"u8) => NpzFormat.Read(stream, source),
            [_, _, _, _, _, _, _, _, (byte)'{'] => SafetensorsFormat.Read(stream, source),
            [0x80, ..] => throw ArrayName.Refuse(source, PickleRefusal),
            [] => throw ArrayName.Refuse(source, "is empty; expected .npz, .npy or .safetensors."),
            _ => throw ArrayName.Refuse(source, $"starts with {Convert.ToHexString(start)}; expected .npz, .npy or .safetensors."),
        };
    }

    private static bool IsTorchSharp(string path) => Path.GetExtension(path).Equals(".dat", StringComparison.OrdinalIgnoreCase);

    private static NamedArrays ReadFolder(string path)
    {
        var arrays = new NamedArrays(path);
        foreach (var file in Directory.EnumerateFiles(path, "*.npy").Order(StringComparer.Ordinal))
        {
            using var stream = InputSource.Open(file);
            AddSingle(arrays, stream, file);
        }

        return arrays.Count > 0 ? arrays : throw ArrayName.Refuse(path, "is a folder without .npy files.");
    }

    private static NamedArrays ReadSingle(Stream stream, string source)
    {
        var arrays = new NamedArrays(source);
        AddSingle(arrays, stream, source);
        return arrays;
    }

    private static void AddSingle(NamedArrays arrays, Stream stream, string file)
    {
        var name = new ArrayName(arrays.Source, Path.GetFileNameWithoutExtension(file));
        arrays.Add(name.Name, NpyFormat.Read(new ArrayBytes(stream, stream.Length, stream.Length, name)));
    }
}
