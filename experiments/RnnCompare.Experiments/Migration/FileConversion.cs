using RnnCompare.Experiments.Check;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Migration;

/// <summary>Converts files of arrays: between formats bit for bit, and between conventions by meaning.</summary>
public static class FileConversion
{
    /// <summary>Converts a file. The target is there whole or not at all, and holds what was meant: it is read again before it takes its place.</summary>
    /// <param name="source">A <c>.npz</c>, <c>.npy</c>, <c>.safetensors</c> or <c>.dat</c> file, or a folder of <c>.npy</c> files.</param>
    /// <param name="target">The file to write: <c>.npz</c>, <c>.safetensors</c>, or <c>.dat</c> in TorchSharp's format.</param>
    /// <param name="convention">The convention of the weights in the target, of which it then holds nothing else; null to keep every array as it is.</param>
    /// <param name="options">How the source's arrays are meant, where a convention is wanted.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="InputException">A file cannot be read or written, or the target's format cannot hold an array.</exception>
    public static NamedArrays Convert(string source, string target, Convention? convention, PrototypeOptions options)
    {
        var arrays = InputFile.ReadArrays(source);
        var temporary = $"{target}.{Path.GetRandomFileName()}{Path.GetExtension(target)}";
        try
        {
            arrays = convention is null ? arrays : WeightConversion.Convert(arrays, options, convention);
            ArrayFile.Write(temporary, arrays);
            RequireSame(arrays, ArrayFile.Read(temporary), target);
            File.Move(temporary, target, overwrite: true);
            return arrays;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(e is InvalidDataException ? e.Message : $"{target}: {PrototypeFile.Sentence(e)}", e);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void RequireSame(NamedArrays expected, NamedArrays found, string target)
    {
        foreach (var (name, array) in expected)
        {
            if (!found.TryGet(name, out var other) || !other.Shape.SequenceEqual(array.Shape) || !other.Texts.SequenceEqual(array.Texts) || !SameNumbers(array, other))
            {
                throw new InputException($"{target}: {name} would not be the same in the file; nothing was written.");
            }
        }
    }

    // Bit for bit: not even the sign of a zero or the payload of a NaN may change.
    private static bool SameNumbers(StoredArray a, StoredArray b) => a.Bytes().AsSpan().SequenceEqual(b.Bytes());
}
