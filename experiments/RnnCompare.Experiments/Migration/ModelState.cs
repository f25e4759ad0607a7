using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Migration;

/// <summary>The parameters of a migrated model: PyTorch's names, behind those of the model's modules.</summary>
internal static class ModelState
{
    private const string Recurrent = "rnn.";

    /// <summary>Weights, or gradients of weights, under the names of the parameters.</summary>
    public static NamedArrays Of<T>(RnnWeights<T> weights)
        where T : unmanaged, INumber<T>
    {
        var state = new NamedArrays();
        var arrays = StateDict.Of(weights);
        foreach (var place in Places(weights.Spec).DistinctBy(place => place.Array))
        {
            state.Add(NameOf(place), arrays.Get<T>(place.Array));
        }

        return state;
    }

    /// <summary>Where each canonical tensor of a network stands among the parameters.</summary>
    public static IEnumerable<TensorPlace> Places(RnnSpec spec)
    {
        var hasSecondBias = MigratedCell.Of(spec.Cell).HasSecondBias;
        return new WeightLayout(ConventionTable.Torch, spec).Places.Where(place => hasSecondBias || place.Layout.Tensor != SecondBias.Name);
    }

    /// <summary>The parameter's name.</summary>
    public static string NameOf(TensorPlace place) => place.Layout.IsOutput ? place.Array : Recurrent + place.Array;
}
