using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>The weights of a network among some arrays: of a state dict, or of all that a prototype saved.</summary>
/// <param name="Weights">The weights. A second bias is added to the first.</param>
/// <param name="HasReadOut">Whether there is an output layer; otherwise there is one that hands the states on, O = D·H.</param>
/// <param name="IsSingle">Whether all of the weights are float32.</param>
public sealed record NetworkWeights(RnnWeights<double> Weights, bool HasReadOut, bool IsSingle)
{
    /// <summary>The vectors of tokens (V, I), where the arrays have such a table; otherwise null.</summary>
    public NdArray<double>? Table { get; private init; }

    /// <summary>Whether arrays are weights and nothing else: neither a batch, nor anything that was computed.</summary>
    public static bool IsBare(NamedArrays arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        DataRole[] others = [DataRole.Inputs, DataRole.Targets, DataRole.Loss, DataRole.Hidden, DataRole.Outputs, DataRole.Probabilities];
        return arrays.All(entry => entry.Key == ArrayNames.Meta || !DataNames.Of(entry.Key, entry.Value).Intersect(others).Any()) && arrays.Names.All(name => !arrays.TryGet(TensorNames.Gradient(name), out _));
    }

    /// <summary>Finds the network.</summary>
    /// <param name="arrays">The arrays. Where they hold a batch too, what was computed on it decides what names and shapes leave open.</param>
    /// <param name="options">How they are meant; wins over what the arrays say of themselves.</param>
    /// <exception cref="InvalidDataException">There is no network, or more than one reading of it; the message says what was expected.</exception>
    public static NetworkWeights Read(NamedArrays arrays, PrototypeOptions options)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(options);
        if (DataNames.Find(arrays, DataRole.Inputs).Count > 0)
        {
            var saved = PrototypeReader.Read(arrays, options);
            return new(saved.Weights, saved.Upstream is null, saved.Given.Where(array => saved.Weights.Tensors.Any(tensor => tensor.Name == array.Tensor)).All(array => array.ElementType == ElementType.Float32));
        }

        options = PrototypeReader.Said(arrays, options);
        var complete = WithReadOut(arrays, options);
        var fit = ConventionChoice.Find(complete, options);
        var layout = new WeightLayout(fit.Names.Convention, fit.Spec! with { Outputs = options.Outputs ?? OutputMode.EveryStep }, fit.Names.Arrays);
        return new(layout.ReadWeights<double>(complete), complete == arrays, layout.Places.All(place => !arrays.TryGet(place.Array, out var array) || array.ElementType == ElementType.Float32))
        {
            Table = OutputLayer.Embedding(NameParts.Parse([.. arrays.Names]), arrays, layout.Spec.InputSize) is { } table ? arrays.Get<double>(table.Array) : null,
        };
    }

    /// <summary>Finds the network of a cell that is given as equations.</summary>
    /// <param name="arrays">The arrays.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="options">How they are meant; wins over what the arrays say of themselves.</param>
    /// <exception cref="InvalidDataException">A weight of the equations is missing, or has other axes.</exception>
    public static NetworkWeights Read(NamedArrays arrays, EquationCell cell, PrototypeOptions options)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(cell);
        var known = EquationNames.Of(arrays, cell.Equations).Arrays;
        var network = EquationReading.Of(known, cell);
        var spec = network.Spec with { Outputs = PrototypeReader.Said(arrays, options).Outputs ?? OutputMode.EveryStep };
        return new(network.ReadWeights(known, spec), network.OutputSize is not null, network.Arrays.All(name => known[name].ElementType == ElementType.Float32));
    }

    // Where the read-out is all that a network lacks, states are its outputs.
    private static NamedArrays WithReadOut(NamedArrays arrays, PrototypeOptions options)
    {
        WeightNames[] named = [.. ConventionTable.All.Where(convention => options.Convention is null || convention == options.Convention).Select(convention => WeightNames.Find(convention, arrays)).OfType<WeightNames>()];
        if (named is not [var names, ..] || named.Any(other => other.Missing is null) || !names.LacksOnlyReadOut)
        {
            return arrays;
        }

        var readOut = names.Convention.Tensors.First(layout => layout.Tensor == TensorNames.Why);
        var recurrent = names.Convention.Tensors.First(layout => layout.Tensor == TensorNames.Whh);
        var size = arrays[names.Arrays[TensorNames.Whh]].Shape is { Length: 2 } shape ? shape[recurrent.Axes.IndexOf('H', StringComparison.Ordinal)] * (names.Bidirectional ? 2 : 1) : 1;
        var identity = new NdArray<float>(size, size);
        for (var i = 0; i < size; i++)
        {
            identity[i, i] = 1;
        }

        var complete = arrays.Copy();
        complete.Add(readOut.Names[0], identity);
        return complete;
    }
}
