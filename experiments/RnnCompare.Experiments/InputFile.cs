using System.Text;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Experiments;

/// <summary>Reads what the user named, and says in one line why it cannot.</summary>
public static class InputFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes of a file that is not empty.</summary>
    /// <exception cref="InputException">The file is missing, cannot be read, or is empty.</exception>
    public static byte[] ReadBytes(string path)
    {
        byte[] bytes;
        try
        {
            bytes = InputSource.ReadAll(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path}: there is no such file.", e);
        }
        catch (InvalidDataException e)
        {
            throw new InputException(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"{path}: the file cannot be read ({(Directory.Exists(path) ? "it is a folder" : e.Message)}).", e);
        }

        return bytes.Length > 0 ? bytes : throw new InputException($"{path}: the file is empty.");
    }

    /// <summary>The arrays of a <c>.npz</c>, a <c>.safetensors</c> file, or a folder of <c>.npy</c> files.</summary>
    /// <exception cref="InputException">It is missing, cannot be read, or is damaged.</exception>
    public static NamedArrays ReadArrays(string path)
    {
        if (!Path.Exists(path))
        {
            throw new InputException($"{path}: there is no such file.");
        }

        try
        {
            return ArrayFile.Read(path);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(e.Message, e);
        }
    }

    /// <summary>The text of a UTF-8 file, with <c>\n</c> at the ends of lines.</summary>
    /// <exception cref="InputException">The file is missing, cannot be read, is empty, or is not UTF-8; the message names the byte.</exception>
    public static string ReadText(string path)
    {
        var bytes = ReadBytes(path);
        try
        {
            return Strict.GetString(bytes).TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException($"{path}: byte {e.Index} (0x{e.BytesUnknown![0]:x2}) is no valid UTF-8.", e);
        }
    }
}
