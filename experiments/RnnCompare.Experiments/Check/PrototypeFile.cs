using RnnCompare.Equations;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Check;

/// <summary>Reads what a hand-written prototype saved.</summary>
public static class PrototypeFile
{
    /// <summary>Reads a <c>.npz</c>, a <c>.safetensors</c> file, or a folder of <c>.npy</c> files.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="options">How its arrays are meant; wins over what the file says.</param>
    /// <param name="cell">The cell, where it is given as equations: arrays are found by the names that stand there. Null finds the cell out.</param>
    /// <exception cref="InputException">It is missing, damaged, or does not hold a network, a batch and something to check; one line says which array and what was expected.</exception>
    public static SavedPrototype Read(string path, PrototypeOptions options, EquationCell? cell = null) => Read(path, InputFile.ReadArrays(path), options, cell);

    /// <summary>Reads what a file holds.</summary>
    internal static SavedPrototype Read(string path, NamedArrays arrays, PrototypeOptions options, EquationCell? cell)
    {
        try
        {
            var saved = cell is null ? PrototypeReader.Read(arrays, options) : PrototypeReader.Read(arrays, cell, options);
            return saved switch
            {
                { Claims: [] } => throw new InputException($"{path}: there is nothing to check; expected gradients such as {TensorName(saved)}, or loss, y, p, h, dh."),
                _ => saved,
            };
        }
        catch (InvalidDataException e)
        {
            throw new InputException(e.Message, e);
        }
        catch (ArgumentException e)
        {
            throw new InputException($"{path}: {Sentence(e)}", e);
        }
    }

    /// <summary>The message without the name of a parameter, which says nothing to users.</summary>
    internal static string Sentence(Exception error)
    {
        var end = error.Message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return end < 0 ? error.Message : error.Message[..end];
    }

    private static string TensorName(SavedPrototype saved) => saved.NameOf(saved.MissingGradients[0]);
}
