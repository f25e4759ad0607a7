using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Migration;

/// <summary>The parameters of a migrated model: PyTorch's names, behind those of the model's modules.</summary>
internal static class ModelState
{
    private const string Recurrent = "rnn.";

    /// <summary>The parameter that is the table in which inputs are looked up.</summary>
    public const string Table = "embedding.weight";

    /// <summary>Weights, or gradients of weights, under the names of the parameters.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="parts">Which biases the model has.</param>
    /// <param name="table">The table (V, I) in which inputs are looked up, or its gradient; null where there is none.</param>
    public static NamedArrays Of<T>(RnnWeights<T> weights, TrainedParts parts, NdArray<T>? table)
        where T : unmanaged, INumber<T>
    {
        var state = new NamedArrays();
        var arrays = StateDict.Of(weights);
        foreach (var place in Places(weights.Spec, parts).DistinctBy(place => place.Array))
        {
            state.Add(NameOf(place), arrays.Get<T>(place.Array));
        }

        if (table is not null)
        {
            state.Add(Table, table);
        }

        return state;
    }

    /// <summary>Where each canonical tensor of a network stands among the parameters.</summary>
    public static IEnumerable<TensorPlace> Places(RnnSpec spec, TrainedParts parts)
    {
        var hasSecondBias = MigratedCell.Of(spec.Cell).HasSecondBias;
        return new WeightLayout(ConventionTable.Torch, spec).Places.Where(place => (hasSecondBias || place.Layout.Tensor != SecondBias.Name) && parts.HasParameter(place));
    }

    /// <summary>The parameter's name.</summary>
    public static string NameOf(TensorPlace place) => place.Layout.IsOutput ? place.Array : Recurrent + place.Array;
}
