using RnnCompare.Equations;
using RnnCompare.Experiments.Results;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Migration;

/// <summary>Which array of a prototype becomes which parameter, and what happens to it on the way.</summary>
internal static class MappingTable
{
    private const string Added = "added to it: only the sum of two biases has a meaning, and one of them is trained";

    /// <summary>The table: a row for each array that is used, and notes on the others.</summary>
    public static ReportTable Of(SavedPrototype saved)
    {
        var (cell, parts) = (MigratedCell.Of(saved.Spec.Cell), TrainedParts.Of(saved));
        return new(
            $"Arrays of the prototype ({Reading(saved)}) and parameters of the model ({cell.Layer}; {(parts.ReadOut ? "nn.Linear" : "its states are the outputs")})",
            ["array", "shape", "parameter", "shape", "how"],
            [.. cell.Equations is not null ? Stated(saved) : saved.Reading is null ? saved.Layout.Places.Where(place => parts.ReadOut || !place.Layout.IsOutput).Select(place => Row(saved, place)) : Found(saved), .. Table(saved), .. NewZeros(saved, parts)],
            [.. Notes(saved)])
        {
            IsText = true,
        };
    }

    // A second bias goes where the first goes.
    private static ModelParameter? Target(string tensor, IEnumerable<ModelParameter> parameters)
    {
        return parameters.FirstOrDefault(parameter => parameter.Tensor == FirstOf(tensor));
    }

    private static string FirstOf(string tensor) => tensor.StartsWith(SecondBias.Name, StringComparison.Ordinal) ? Models.TensorNames.Bh + tensor[SecondBias.Name.Length..] : tensor;

    private static string Reading(SavedPrototype saved)
    {
        return saved.Spec.Cell is EquationCell ? $"in the names of the equations of {saved.Spec.Cell}"
            : saved.Reading is null ? $"convention {saved.Convention}" : "as its own numbers tell";
    }

    private static string[] Row(SavedPrototype saved, TensorPlace place)
    {
        var target = Target(place.Tensor, ModelState.Parameters(saved.Spec, TrainedParts.Of(saved)))!;
        return [ArrayName.Shown(place.Array), Shape(place.Shape), target.Name, Shape(target.Shape), string.Join("; ", Changes(saved, place, target))];
    }

    private static List<string> Changes(SavedPrototype saved, TensorPlace place, ModelParameter target)
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
            changes.Add($"{(place.Layout.Axes[0] == 'P' ? "row 1, " : "")}{Added}");
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

    // Where names and shapes left it open: the arrays, or parts of them, that were found to be each tensor.
    private static IEnumerable<string[]> Found(SavedPrototype saved)
    {
        var parameters = ModelState.Parameters(saved.Spec, TrainedParts.Of(saved)).ToArray();
        foreach (var array in saved.Given)
        {
            if (Target(array.Tensor, parameters) is { } target)
            {
                List<string> changes = array.Tensor == target.Tensor ? [] : [Added];
                changes.AddRange(array.Shapes.Count > 1 ? [$"{array.Shapes.Count} arrays, stacked"] : []);
                changes.AddRange(saved.IsTransposed(array.Tensor) ? ["transposed"] : []);
                changes.AddRange(array.Shapes.Count > 1 || array.KeepsOrder ? [] : [$"gates put into the order {string.Join(", ", saved.Spec.Cell.Gates)}"]);
                changes.AddRange(target.Kind == Models.TensorNames.Bhn ? ["the candidate's rows; the others are zero and not trained"] : []);
                yield return [ArrayName.Shown(array.Name), string.Join(", ", array.Shapes.Select(Shape).Distinct()), target.Name, Shape(target.Shape), changes.Count > 0 ? string.Join("; ", changes) : "as it is"];
            }
        }
    }

    // Where equations name the arrays: each is a weight, or holds the rows of several.
    private static IEnumerable<string[]> Stated(SavedPrototype saved)
    {
        var parameters = ModelState.Parameters(saved.Spec, TrainedParts.Of(saved)).ToLookup(parameter => parameter.Tensor);
        foreach (var array in saved.Given.Where(array => parameters.Contains(FirstOf(array.Tensor))))
        {
            var targets = parameters[FirstOf(array.Tensor)].ToArray();
            var (own, names, shapes) = (array.Shapes.Select(Shape).Distinct(), targets.Select(target => target.Name), targets.Select(target => Shape(target.Shape)).Distinct());
            yield return
            [
                ArrayName.Shown(array.Name), string.Join(", ", own), string.Join(", ", names), string.Join(", ", shapes),
                array.Tensor != FirstOf(array.Tensor) ? Added : saved.IsTransposed(array.Tensor) ? "transposed" : targets.Length > array.Shapes.Count ? "its rows, cut apart" : own.SequenceEqual(shapes) ? "as it is" : "as a vector",
            ];
        }
    }

    private static IEnumerable<string[]> Table(SavedPrototype saved)
    {
        return saved.Table is { } table ? [[ArrayName.Shown(table.Name), table.Values.ShapeText, ModelState.Table, table.Values.ShapeText, "as it is: nn.Embedding looks the tokens up"]] : [];
    }

    // Parameters that no array of the prototype goes to.
    private static IEnumerable<string[]> NewZeros(SavedPrototype saved, TrainedParts parts)
    {
        var parameters = ModelState.Parameters(saved.Spec, parts).ToArray();
        var taken = parameters.Where(parameter => parameter.Kind != SecondBias.Name && saved.Has(parameter.Tensor)).Select(parameter => parameter.Name).ToHashSet();
        foreach (var parameter in parameters.Where(parameter => !taken.Contains(parameter.Name)).DistinctBy(parameter => parameter.Name))
        {
            var why = parameter.Kind == SecondBias.Name ? "zero, and not trained: a second bias would double the bias's step" : "zero: the prototype has no such bias";
            yield return ["–", "", parameter.Name, Shape(parameter.Shape), why];
        }
    }

    private static IEnumerable<string> Notes(SavedPrototype saved)
    {
        if (TrainedParts.Of(saved) is var parts && (!parts.Recurrent || (!parts.Output && parts.ReadOut)))
        {
            yield return $"The prototype has no bias {(parts.Recurrent ? "in its output layer" : parts.Output || !parts.ReadOut ? "in its recurrent layers" : "at all")}, and neither has the model.";
        }

        if (saved.Batch.Inputs.Tokens is not null)
        {
            yield return $"Inputs are tokens: the model makes one-hot vectors of {saved.Spec.InputSize} elements of them, so that the input weights are the embedding.";
        }

        if (saved.Ignored.Count > 0)
        {
            yield return $"Not used, because nothing here knows them: {string.Join(", ", saved.Ignored.Select(ArrayName.Shown))}.";
        }
    }

    private static string Shape(IReadOnlyList<int> shape) => $"({string.Join(", ", shape)})";
}
