using RnnCompare.Equations;
using RnnCompare.Equations.Expressions;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Reading;

/// <summary>The arrays of a prototype whose cell is given as equations, under names by which the rest of the reading knows them.</summary>
/// <remarks>
/// What the equations call a state is one, whatever else its name could mean; a weight is a weight even where it is called as a loss
/// or an output often is; and what a step computes on its way, or hands back, is set aside: nothing here compares it.
/// </remarks>
internal sealed class EquationNames
{
    private static readonly string[] InitialStates = ["{0}0", "{0}_0", "{0}prev", "{0}_prev", "prev_{0}", "{0}init", "{0}_init", "init_{0}"];

    private readonly NamedArrays _all;
    private readonly CellEquations _equations;
    private readonly Dictionary<string, string> _own = [];

    private EquationNames(NamedArrays all, CellEquations equations)
    {
        (_all, _equations) = (all, equations);
        Arrays = new(all.Source);
    }

    /// <summary>The arrays.</summary>
    public NamedArrays Arrays { get; }

    /// <summary>The arrays that were set aside.</summary>
    public List<string> SetAside { get; } = [];

    /// <summary>The prototype's names of arrays that have another here.</summary>
    public IReadOnlyDictionary<string, string> Own => _own;

    /// <summary>Renames what has to be.</summary>
    /// <exception cref="InvalidDataException">Two arrays would have one name.</exception>
    public static EquationNames Of(NamedArrays arrays, CellEquations equations)
    {
        var names = new EquationNames(arrays, equations);
        var joined = names.JoinedStates();
        foreach (var (name, array) in arrays.Where(entry => !joined.Contains(entry.Key)))
        {
            names.Add(name, array);
        }

        return names;
    }

    private void Add(string name, StoredArray array)
    {
        if (IsOnTheWay(name) || (name is ['d', .. var origin] && IsOnTheWay(origin)))
        {
            SetAside.Add(name);
            return;
        }

        var known = Known(name) ?? (name is ['d', .. var rest] && Known(rest) is { } differentiated ? "d" + differentiated : name);
        if (Arrays.TryGet(known, out _))
        {
            throw ArrayName.Refuse(_all.Source, $"{name} and {_own.GetValueOrDefault(known, known)} are both there for one array of the equations; leave one of them out with --ignore.");
        }

        Arrays.Add(known, array);
        if (known != name)
        {
            _own[known] = name;
        }
    }

    // The adjoints of states and of the input are known by name; all else that the passes write is not.
    private bool IsOnTheWay(string name)
    {
        return _equations.Step.Scope.TryGet(name, out var variable) && variable.Role switch
        {
            VariableRole.Value or VariableRole.Carry => true,
            VariableRole.State => name != _equations.States[0].Name,
            VariableRole.Adjoint => name != "dx" && name != "d" + _equations.States[0].Name,
            _ => false,
        };
    }

    private string? Known(string name)
    {
        if (_equations.Weights.Any(weight => weight.Name == name))
        {
            return _all.TryGet(name, out var weight) && DataNames.Of(name, weight).Count > 0 ? "weight " + name : null;
        }

        var states = _equations.States;
        return name == states[0].Name ? ArrayNames.Hidden
            : IsInitial(name, states[0].Name) ? ArrayNames.Hidden0
            : states.Count == 2 && IsInitial(name, states[1].Name) ? ArrayNames.Cell0
            : null;
    }

    // Of more than two states all but the first are one array, side by side.
    private HashSet<string> JoinedStates()
    {
        var joined = new HashSet<string>();
        foreach (var prefix in _equations.States.Count > 2 ? (string[])["", "d"] : [])
        {
            string?[] parts = [.. _equations.States.Skip(1).Select(state => _all.Names.FirstOrDefault(name => name.StartsWith(prefix, StringComparison.Ordinal) && IsInitial(name[prefix.Length..], state.Name)))];
            if (parts.All(part => part is null))
            {
                continue;
            }

            if (parts.Any(part => part is null || parts[0] is not { } first || !_all[part].Shape[..^1].SequenceEqual(_all[first].Shape[..^1])))
            {
                throw ArrayName.Refuse(_all.Source, $"{string.Join(", ", parts.OfType<string>())} do not go together; expected an initial value of each of {string.Join(", ", _equations.States.Skip(1).Select(state => state.Name))} with the same axes, or of none.");
            }

            var known = prefix + ArrayNames.Cell0;
            Arrays.Add(known, Joined([.. parts.Select(part => _all.Get<double>(part!))]));
            _own[known] = string.Join(", ", parts);
            joined.UnionWith(parts!);
        }

        return joined;
    }

    private static NdArray<double> Joined(NdArray<double>[] parts)
    {
        var joined = new NdArray<double>([.. parts[0].Shape[..^1], parts.Sum(part => part.Columns)]);
        for (var row = 0; row < joined.Rows; row++)
        {
            var start = 0;
            foreach (var part in parts)
            {
                part.Row(row).CopyTo(joined.Row(row)[start..]);
                start += part.Columns;
            }
        }

        return joined;
    }

    private static bool IsInitial(string name, string state) => InitialStates.Any(format => name == format.Replace("{0}", state, StringComparison.Ordinal));
}
