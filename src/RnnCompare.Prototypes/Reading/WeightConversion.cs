using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>The weights of a network from one convention into another.</summary>
public static class WeightConversion
{
    /// <summary>Finds the network among some arrays, and lays its weights out in another order. What is not a weight is left out.</summary>
    /// <param name="arrays">The arrays of a prototype or of a <c>state_dict</c>.</param>
    /// <param name="options">How they are meant, as far as that does not follow from their names and shapes.</param>
    /// <param name="target">The convention that is wanted.</param>
    /// <returns>The weights, in float32 where all of them are. A second bias is added to the first.</returns>
    /// <exception cref="InvalidDataException">There is no network, or more than one reading of it; the message says what was expected.</exception>
    /// <exception cref="ArgumentException">The target has no names for that many layers.</exception>
    public static NamedArrays Convert(NamedArrays arrays, PrototypeOptions options, Convention target)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(target);
        var network = NetworkWeights.Read(arrays, options);
        return !network.HasReadOut ? throw ArrayName.Refuse(arrays.Source, "has no output layer, which the other convention has a name for; nothing stands for it.")
            : network.IsSingle ? Write(network.Weights.Convert<float>(), target)
            : Write(network.Weights, target);
    }

    private static NamedArrays Write<T>(RnnWeights<T> weights, Convention target)
        where T : unmanaged, INumber<T>
    {
        var arrays = new NamedArrays();
        new WeightLayout(target, weights.Spec).WriteWeights(arrays, weights);
        return arrays;
    }
}
