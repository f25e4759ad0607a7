using RnnCompare.Equations;
using RnnCompare.Equations.Printing;
using RnnCompare.Equations.Running;
using RnnCompare.Models;
using static TorchSharp.torch;

namespace RnnCompare.Experiments.Migration;

/// <summary>A cell of equations in a migrated project: what its template leaves to the cell.</summary>
internal static class StatedCell
{
    // Names that the template's class of a cell uses, or inherits.
    private static readonly string[] Taken = ["Model", "Math", "Parameter", "Step", "StateSizes", "Weight", .. typeof(nn.Module).GetMembers().Select(member => member.Name).Distinct()];

    /// <summary>The lines of each block of the template.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Blocks(RnnSpec spec, CellEquations equations)
    {
        var text = Text(equations);
        var letters = equations.LettersFor(spec.InputSize, spec.HiddenSize);
        return new Dictionary<string, IReadOnlyList<string>>
        {
            ["equations"] = [.. equations.Text.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(line => $"// {line}".TrimEnd())],
            ["fields"] = [.. text.Sizes.Select(size => $"private int {size.Letter} => {size.Value};"), .. text.Parameters.Select(parameter => $"private readonly Parameter {parameter.Name};")],
            ["parameters"] = [.. text.Parameters.Select(parameter => $"{parameter.Name} = Weight({parameter.Shape});")],
            ["states"] = [$"public static IReadOnlyList<int> StateSizes {{ get; }} = [{string.Join(", ", equations.States.Select(state => state.Length.Evaluate(letters)))}]; // {string.Join(", ", equations.States.Select(state => $"{state.Name} ({state.Length})"))}"],
            ["step"] = text.Statements,
        };
    }

    /// <summary>The parameters of the recurrent layers: every weight of the equations, in every layer and direction.</summary>
    public static IEnumerable<ModelParameter> Parameters(RnnSpec spec, CellEquations equations)
    {
        var names = Text(equations).Parameters;
        for (var i = 0; i < spec.Layers * spec.Directions; i++)
        {
            var (layer, isReverse) = (i / spec.Directions, i % spec.Directions == 1);
            var letters = equations.LettersFor(spec.LayerInputSize(layer), spec.HiddenSize);
            foreach (var (name, weight, _) in names)
            {
                var (tensor, offset) = equations.PlaceOf(weight.Name, letters);
                yield return new($"{ModelState.Recurrent}l{layer}{(isReverse ? "_reverse" : "")}.{name}", [.. weight.Shape.Axes.Select(axis => axis.Evaluate(letters))], tensor + TensorNames.Suffix(layer, isReverse), offset);
            }
        }
    }

    private static TorchSharpText Text(CellEquations equations) => TorchSharpText.Of(equations, Taken);
}
