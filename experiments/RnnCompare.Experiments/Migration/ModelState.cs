using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Migration;

/// <summary>A parameter of a migrated model, and the canonical tensor that it holds; one that holds two is there twice.</summary>
/// <param name="Name">Its name: PyTorch's, or that of a weight in equations, behind those of the model's modules.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Tensor">The canonical tensor, with layer and direction.</param>
/// <param name="Offset">Where it begins in the tensor, of which it may be rows only.</param>
internal sealed record ModelParameter(string Name, IReadOnlyList<int> Shape, string Tensor, int Offset = 0)
{
    /// <summary>The canonical tensor without layer and direction.</summary>
    public string Kind => Tensor.Split('.')[0];
}

/// <summary>The parameters of a migrated model.</summary>
internal static class ModelState
{
    /// <summary>The module of the recurrent layers.</summary>
    public const string Recurrent = "rnn.";

    /// <summary>The parameter that is the table in which inputs are looked up.</summary>
    public const string Table = "embedding.weight";

    /// <summary>Weights, or gradients of weights, under the names of the parameters.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="parts">Which biases the model has.</param>
    /// <param name="table">The table (V, I) in which inputs are looked up, or its gradient; null where there is none.</param>
    public static NamedArrays Of<T>(RnnWeights<T> weights, TrainedParts parts, NdArray<T>? table)
        where T : unmanaged, INumber<T>
    {
        var (state, isStated, arrays) = (new NamedArrays(), MigratedCell.Of(weights.Spec.Cell).Equations is not null, StateDict.Of(weights));
        foreach (var parameter in Parameters(weights.Spec, parts).DistinctBy(parameter => parameter.Name))
        {
            state.Add(parameter.Name, isStated ? Part(weights[parameter.Tensor], parameter) : arrays.Get<T>(parameter.Name.StartsWith(Recurrent, StringComparison.Ordinal) ? parameter.Name[Recurrent.Length..] : parameter.Name));
        }

        if (table is not null)
        {
            state.Add(Table, table);
        }

        return state;
    }

    /// <summary>The parameters, layers upwards, the output layer last.</summary>
    public static IEnumerable<ModelParameter> Parameters(RnnSpec spec, TrainedParts parts)
    {
        var cell = MigratedCell.Of(spec.Cell);
        if (cell.Equations is { } equations)
        {
            return StatedCell.Parameters(spec, equations).Concat(ReadOut(spec)).Where(parameter => parts.HasParameter(parameter.Kind));
        }

        return new WeightLayout(ConventionTable.Torch, spec).Places
            .Where(place => cell.HasSecondBias || place.Layout.Tensor != SecondBias.Name)
            .Select(place => new ModelParameter(place.Layout.IsOutput ? place.Array : Recurrent + place.Array, place.Shape, place.Tensor))
            .Where(parameter => parts.HasParameter(parameter.Kind));
    }

    private static IEnumerable<ModelParameter> ReadOut(RnnSpec spec)
    {
        return ConventionTable.Torch.Tensors.Where(layout => layout.IsOutput).Select(layout => new ModelParameter(layout.Names[0], layout.Tensor == TensorNames.Why ? [spec.OutputSize, spec.FeatureSize] : [spec.OutputSize], layout.Tensor));
    }

    private static NdArray<T> Part<T>(NdArray<T> tensor, ModelParameter parameter)
        where T : unmanaged
    {
        int[] shape = [.. parameter.Shape];
        return new([.. tensor.Data.AsSpan(parameter.Offset, shape.Aggregate(1, (size, length) => size * length))], shape);
    }
}
