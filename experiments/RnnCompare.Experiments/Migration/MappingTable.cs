using RnnCompare.Experiments.Results;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Migration;

/// <summary>Which array of a prototype becomes which parameter, and what happens to it on the way.</summary>
internal static class MappingTable
{
    /// <summary>The table: a row for each array that is used, and notes on the others.</summary>
    public static ReportTable Of(SavedPrototype saved)
    {
        var cell = MigratedCell.Of(saved.Spec.Cell);
        return new(
            $"Arrays of the prototype (convention {saved.Convention}) and parameters of the model ({cell.Layer}; nn.Linear)",
            ["array", "shape", "parameter", "shape", "how"],
            [.. saved.Layout.Places.Select(place => Row(saved, place)), .. NewZeros(saved)],
            [.. Notes(saved)])
        {
            IsText = true,
        };
    }

    private static string[] Row(SavedPrototype saved, TensorPlace place)
    {
        // A second bias goes where the first goes.
        var tensor = place.Layout.Tensor == SecondBias.Name ? "bh" + place.Tensor[SecondBias.Name.Length..] : place.Tensor;
        var target = ModelState.Places(saved.Spec).First(candidate => candidate.Tensor == tensor);
        return [place.Array, Shape(place.Shape), ModelState.NameOf(target), Shape(target.Shape), string.Join("; ", Changes(saved, place, target))];
    }

    private static List<string> Changes(SavedPrototype saved, TensorPlace place, TensorPlace target)
    {
        var changes = new List<string>();
        var order = saved.Convention.GateOrders.FirstOrDefault(order => order.Length == saved.Spec.Cell.Gates.Count);
        if (place.Layout.IsTransposed)
        {
            changes.Add("transposed");
        }

        if (order is not null && !place.Layout.IsOutput)
        {
            changes.Add($"gates {string.Join(", ", order.AsEnumerable())} to {string.Join(", ", saved.Spec.Cell.Gates)}");
        }

        if (place.Layout.Tensor == SecondBias.Name)
        {
            changes.Add($"{(place.Layout.Axes[0] == 'P' ? "row 1, " : "")}added to it: only the sum of two biases has a meaning, and one of them is trained");
        }
        else if (place.Layout.Axes[0] == 'P')
        {
            changes.Add($"row {place.Layout.Part}");
        }

        if (place.Layout.Tensor == Models.TensorNames.Bhn)
        {
            changes.Add($"the candidate's rows {2 * saved.Spec.HiddenSize} to {(3 * saved.Spec.HiddenSize) - 1}; the others are zero and not trained");
        }
        else if (!place.Layout.IsRequired && place.Shape.Count(length => length != 1) != place.Shape.Count && target.Shape.Count == 1)
        {
            changes.Add("as a vector");
        }

        if (changes.Count == 0)
        {
            changes.Add("as it is");
        }

        return changes;
    }

    // Parameters that no array of the prototype goes to.
    private static IEnumerable<string[]> NewZeros(SavedPrototype saved)
    {
        var tensors = saved.Layout.Places.Select(place => place.Tensor).ToHashSet();
        var taken = ModelState.Places(saved.Spec).Where(place => place.Layout.Tensor != SecondBias.Name && tensors.Contains(place.Tensor)).Select(ModelState.NameOf).ToHashSet();
        foreach (var place in ModelState.Places(saved.Spec).Where(place => !taken.Contains(ModelState.NameOf(place))).DistinctBy(ModelState.NameOf))
        {
            var why = place.Layout.Tensor == SecondBias.Name ? "zero, and not trained: a second bias would double the bias's step" : "zero: the prototype has no such bias";
            yield return ["–", "", ModelState.NameOf(place), Shape(place.Shape), why];
        }
    }

    private static IEnumerable<string> Notes(SavedPrototype saved)
    {
        if (saved.Batch.Inputs.Tokens is not null)
        {
            yield return $"Inputs are tokens: the model makes one-hot vectors of {saved.Spec.InputSize} elements of them, so that the input weights are the embedding.";
        }

        if (saved.Ignored.Count > 0)
        {
            yield return $"Not used, because nothing here knows them: {string.Join(", ", saved.Ignored)}.";
        }
    }

    private static string Shape(IReadOnlyList<int> shape) => $"({string.Join(", ", shape)})";
}
