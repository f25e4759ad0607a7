using RnnCompare.Experiments.Check;
using RnnCompare.Models;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.OnnxModels;

/// <summary>A network's weights from a file: a state dict, or what a prototype saved.</summary>
/// <param name="Weights">The weights.</param>
/// <param name="HasReadOut">Whether there is an output layer; otherwise outputs are the states.</param>
internal sealed record NetworkFile(RnnWeights<double> Weights, bool HasReadOut)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It holds no network, or more than one reading of it.</exception>
    public static NetworkFile Read(string path, PrototypeOptions options)
    {
        try
        {
            var weights = NetworkWeights.Read(InputFile.ReadArrays(path), options);
            return new(weights.Weights, weights.HasReadOut);
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException)
        {
            throw new InputException(error is InvalidDataException ? error.Message : $"{path}: {PrototypeFile.Sentence(error)}", error);
        }
    }
}
