using RnnCompare.Equations;
using RnnCompare.Experiments.Check;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.OnnxModels;

/// <summary>A network's weights from a file: a state dict, or what a prototype saved.</summary>
internal static class NetworkFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It holds no network, or more than one reading of it.</exception>
    public static NetworkWeights Read(string path, PrototypeOptions options) => Find(InputFile.ReadArrays(path), path, options);

    /// <summary>Finds the network among the arrays of a file.</summary>
    /// <exception cref="InputException">It holds no network, or more than one reading of it.</exception>
    public static NetworkWeights Find(NamedArrays arrays, string path, PrototypeOptions options, EquationCell? cell = null)
    {
        try
        {
            return cell is null ? NetworkWeights.Read(arrays, options) : NetworkWeights.Read(arrays, cell, options);
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException)
        {
            throw new InputException(error is InvalidDataException ? error.Message : $"{path}: {PrototypeFile.Sentence(error)}", error);
        }
    }
}
