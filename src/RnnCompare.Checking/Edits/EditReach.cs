using RnnCompare.Checking.Replay;
using RnnCompare.Equations;
using RnnCompare.Equations.Derivation;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;
using RnnCompare.Equations.Running;
using RnnCompare.Models;

namespace RnnCompare.Checking.Edits;

/// <summary>Which arrays an edit can change.</summary>
internal sealed class EditReach(RnnSpec spec, CellEquations equations, NetworkPrograms programs, IReadOnlyList<string> names)
{
    private readonly Dictionary<string, bool[]> _known = [];

    /// <summary>Whether each of the arrays may differ.</summary>
    public bool[] Of(Edit edit)
    {
        if (edit.Parts is [var only])
        {
            return Of(only);
        }

        if (edit.KeptCarries.Count > 0)
        {
            return [.. names.Select(name => TensorKind.Of(name) is not (TensorNames.Why or TensorNames.By))];
        }

        var all = edit.Parts.Select(Of).ToArray();
        return [.. Enumerable.Range(0, names.Count).Select(i => all.Any(reached => reached[i]))];
    }

    private bool[] Of(EditPart edit)
    {
        var key = $"{string.Join(',', edit.Layers)}: {string.Join(',', edit.Names)}";
        if (!_known.TryGetValue(key, out var reached))
        {
            _known[key] = reached = edit.IsReadOut ? OfReadOut(edit) : [.. names.Select(name => edit.Layers.Any(layer => Reaches(layer, edit.Names, name)))];
        }

        return reached;
    }

    private bool[] OfReadOut(EditPart edit)
    {
        var written = Written(programs.ReadOut, edit.Names);
        var goesOn = written.Contains(AdjointNames.Out(equations.States[0].Name));
        return [.. names.Select(name => written.Contains(name) || (goesOn && TensorKind.Of(name) is not (TensorNames.Why or TensorNames.By)))];
    }

    private bool Reaches(int layer, IEnumerable<string> edited, string name)
    {
        var kind = TensorKind.Of(name);
        var written = Written(programs.Layers[layer], edited);
        if (kind is TensorNames.Why or TensorNames.By)
        {
            return false;
        }

        if (kind is "dh" or "dh0" or "dc0")
        {
            return true;
        }

        var (depth, own) = (layer / spec.Directions, LayerOf(name));
        if (kind == AdjointNames.Of(Scope.Input) || own / spec.Directions < depth)
        {
            return written.Contains(AdjointNames.Of(Scope.Input));
        }

        var gradient = name.Split('.')[0];
        var stack = equations.Stacks.FirstOrDefault(stack => TensorNames.Gradient(stack.Name) == gradient);
        return own == layer && (stack?.Parts.Any(part => written.Contains(AdjointNames.Of(part))) ?? written.Contains(gradient));
    }

    private int LayerOf(string name)
    {
        for (var layer = 0; layer < spec.Layers; layer++)
        {
            for (var d = 0; d < spec.Directions; d++)
            {
                var suffix = TensorNames.Suffix(layer, d == 1);
                if (suffix.Length > 0 ? name.EndsWith(suffix, StringComparison.Ordinal) : !name.Contains('.', StringComparison.Ordinal))
                {
                    return (layer * spec.Directions) + d;
                }
            }
        }

        return 0;
    }

    // What is computed from some names, directly or through others.
    private static HashSet<string> Written(StepProgram program, IEnumerable<string> edited)
    {
        var written = edited.ToHashSet();
        for (var before = 0; before < written.Count;)
        {
            before = written.Count;
            foreach (var statement in program.Backward.Where(statement => statement.Value.Parts().Any(part => part is Reference reference && written.Contains(reference.Name))))
            {
                written.Add(statement.Name);
            }
        }

        return written;
    }
}
