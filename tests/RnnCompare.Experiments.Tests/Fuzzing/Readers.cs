using System.Text;
using RnnCompare.Equations;
using RnnCompare.Equations.Language;
using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Experiments.Tasks.OwnData;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Experiments.Tests.Fuzzing;

/// <summary>Everything that reads what others wrote, from bytes: it reads them or refuses them in a line, and nothing else may happen.</summary>
internal static class Readers
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The readers by name.</summary>
    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } = new Dictionary<string, Action<byte[]>>
    {
        ["arrays"] = bytes => ReadArrays(bytes),
        ["config"] = bytes => GivenValue.Resolve(ConfigFile.Parse(bytes, "file", "/")),
        ["equations"] = bytes => CellEquations.Parse(Strict.GetString(bytes)),
        ["series"] = bytes => SeriesFile.Parse(Strict.GetString(bytes), "file", "", "", 1),
        ["labelled"] = bytes => LabelledFile.Parse(Strict.GetString(bytes), "file", "", ""),
        ["sentiment"] = bytes => SentimentData.Parse(Strict.GetString(bytes), "file"),
        ["text"] = bytes => _ = new CharacterTask<float>(TextSources.Contiguous(Strict.GetString(bytes)), "file", 2, 1, CharacterTask<float>.SampleKind.Text),
    };

    /// <summary>Reads; what is refused as it should be is refused.</summary>
    /// <returns>Whether it was read.</returns>
    public static bool Read(string reader, byte[] bytes)
    {
        try
        {
            All[reader](bytes);
            return true;
        }
        catch (Exception e) when (e is InputException or InvalidDataException or EquationException or DecoderFallbackException)
        {
            return false;
        }
    }

    // A file, since what it is (npz, npy, safetensors) is told by its first bytes.
    private static void ReadArrays(byte[] bytes)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, bytes);
            ArrayFile.Read(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
