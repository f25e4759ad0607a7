using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>The weights of a network as PyTorch's <c>state_dict</c> has them: names and shapes of <see cref="ConventionTable.Torch"/>.</summary>
public static class StateDict
{
    /// <summary>The arrays of a network's weights, to be written by <see cref="ArrayFile"/>. A second bias is there, and zero.</summary>
    /// <exception cref="ArgumentException">Files cannot hold the precision.</exception>
    public static NamedArrays Of<T>(RnnWeights<T> weights)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(weights);
        var arrays = new NamedArrays();
        if (weights.Spec.Cell is not HandWrittenCell)
        {
            // A cell of one's own has names of its own.
            foreach (var tensor in weights.Tensors)
            {
                arrays.Add(tensor.Name, tensor.Values);
            }

            return arrays;
        }

        new WeightLayout(ConventionTable.Torch, weights.Spec).WriteWeights(arrays, weights);
        return arrays;
    }

    /// <summary>The weights of a network whose size is known.</summary>
    /// <param name="arrays">Its arrays and nothing else. Modules may have any name in front, and the output layer any name at all; a second bias is added to the first.</param>
    /// <param name="spec">The network.</param>
    /// <exception cref="InvalidDataException">An array is missing, has another shape, is not an array of the network, or holds what is not a finite number; the message names it and what was expected.</exception>
    public static RnnWeights<T> Read<T>(NamedArrays arrays, RnnSpec spec)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Cell is not HandWrittenCell)
        {
            return ReadOwnNames<T>(arrays, spec);
        }

        var names = WeightNames.Find(ConventionTable.Torch, arrays)?.Arrays ?? new Dictionary<string, string>();
        foreach (var place in new WeightLayout(ConventionTable.Torch, spec).Places)
        {
            var expected = $"expected ({string.Join(", ", place.Shape)}) for {spec.Cell} with I={spec.InputSize} H={spec.HiddenSize} O={spec.OutputSize}";
            if (!names.TryGetValue(place.Tensor, out var name))
            {
                throw ArrayName.Refuse(arrays.Source, $"{place.Array} is missing, {expected}; found {arrays.NamesText}.");
            }

            if (!place.Fits(arrays[name].Shape))
            {
                throw new ArrayName(arrays.Source, name).Refuse($"is {arrays[name].ShapeText}, {expected}.");
            }

            RequireFinite(arrays.Source, name, arrays.Get<T>(name));
        }

        var layout = new WeightLayout(ConventionTable.Torch, spec, names);
        return arrays.Names.Except(layout.Places.Select(place => place.Array)).FirstOrDefault() is { } stranger
            ? throw new ArrayName(arrays.Source, stranger).Refuse($"is there, but is not an array of {spec.Cell} with {spec.Layers} layers in {spec.Directions} directions.")
            : layout.ReadWeights<T>(arrays);
    }

    private static RnnWeights<T> ReadOwnNames<T>(NamedArrays arrays, RnnSpec spec)
        where T : unmanaged, INumber<T>
    {
        var weights = new RnnWeights<T>(spec);
        foreach (var tensor in weights.Tensors)
        {
            if (!arrays.TryGet(tensor.Name, out _))
            {
                throw ArrayName.Refuse(arrays.Source, $"{tensor.Name} is missing, expected {tensor.Values.ShapeText} for {spec.Cell}; found {arrays.NamesText}.");
            }

            arrays.Get<T>(tensor.Name, tensor.Values.Shape).Data.CopyTo(tensor.Values.Data, 0);
            RequireFinite(arrays.Source, tensor.Name, tensor.Values);
        }

        return weights;
    }

    private static void RequireFinite<T>(string source, string name, NdArray<T> values)
        where T : unmanaged, INumber<T>
    {
        var position = Array.FindIndex(values.Data, value => !T.IsFinite(value));
        if (position >= 0)
        {
            throw ArrayName.Refuse(source, $"{name}[{string.Join(",", values.IndexOf(position))}] is {values.Data[position]}, expected a finite number.");
        }
    }
}
