using Google.Protobuf;
using RnnCompare.Experiments.Check;
using RnnCompare.Experiments.OnnxModels;
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

    /// <summary>Writes the network among some arrays as an ONNX model. ONNX Runtime has to compute the network with it before it takes the target's place.</summary>
    /// <param name="source">The arrays' file, as for <see cref="Convert"/>.</param>
    /// <param name="target">The model's file.</param>
    /// <param name="options">How the arrays are meant; <c>outputs</c> says whether the model gives an output at every step or at the last.</param>
    /// <returns>The network in a few words.</returns>
    /// <exception cref="InputException">There is no network, ONNX has no such operator, or the model would not be the network.</exception>
    public static string ToOnnx(string source, string target, PrototypeOptions options)
    {
        var file = NetworkFile.Read(source, options);
        var weights = file.Weights.Convert<float>();
        var model = OnnxWriter.Write(weights);
        OnnxProof.Require(model, weights, target);
        try
        {
            AtomicFile.Write(target, stream => model.WriteTo(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{target}: {PrototypeFile.Sentence(e)}", e);
        }

        var spec = weights.Spec;
        return $"{OnnxOperator.Of(spec.Cell).Name}, L={spec.Layers} D={spec.Directions} I={spec.InputSize} H={spec.HiddenSize} O={spec.OutputSize}{(file.HasReadOut ? "" : " (no output layer: y is h)")}{(file.Table is null ? "" : " (without the table of vectors: x holds vectors)")}, float32";
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
