using RnnCompare.Cells;
using RnnCompare.Data.Files;
using RnnCompare.Data.Layouts;
using RnnCompare.Models;

namespace RnnCompare.Prototypes;

/// <summary>Whether the weights of a prototype, by their shapes, are a network under a convention, and which.</summary>
internal sealed class NetworkFit
{
    private readonly NamedArrays _arrays;

    private NetworkFit(WeightNames names, NamedArrays arrays)
    {
        Names = names;
        _arrays = arrays;
    }

    public WeightNames Names { get; }

    /// <summary>Cell and sizes; null where the shapes fit no network.</summary>
    public RnnSpec? Spec { get; private set; }

    /// <summary>Why the shapes fit no network, as the end of a message; null where they do.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether every bias has a shape of this convention, and not merely its length: a sign of which convention is meant.</summary>
    public bool BiasesAreItsOwn { get; private set; }

    private Convention Convention => Names.Convention;

    public static NetworkFit Of(WeightNames names, NamedArrays arrays, PrototypeOptions options)
    {
        var fit = new NetworkFit(names, arrays);
        fit.Problem = names.Missing is { } missing ? $"{missing} is missing, {names.Convention} has it" : fit.Bind(options) ?? fit.CheckShapes();
        fit.Spec = fit.Problem is null ? fit.Spec : null;
        return fit;
    }

    /// <summary>Whether two shapes have the same axes, those of length one aside.</summary>
    public static bool SameAxes(ReadOnlySpan<int> shape, ReadOnlySpan<int> other)
    {
        var next = 0;
        foreach (var length in shape)
        {
            if (length == 1)
            {
                continue;
            }

            while (next < other.Length && other[next] == 1)
            {
                next++;
            }

            if (next == other.Length || other[next++] != length)
            {
                return false;
            }
        }

        return other[next..].IndexOfAnyExcept(1) < 0;
    }

    // Sizes from the three matrices of the lowest layer, then the cell from their ratio.
    private string? Bind(PrototypeOptions options)
    {
        var lengths = new Dictionary<char, int>();
        foreach (var tensor in (string[])[TensorNames.Whh, TensorNames.Wxh, TensorNames.Why])
        {
            var layout = Convention.Tensors.First(layout => layout.Tensor == tensor);
            var array = _arrays[Names.Arrays[tensor]];
            if (array.Shape.Length != 2 || array.Shape.Contains(0))
            {
                return $"{Names.Arrays[tensor]} is {array.ShapeText}, expected {AxisSizes.Letters(layout.Axes)}";
            }

            lengths.TryAdd(layout.Axes[0], array.Shape[0]);
            lengths.TryAdd(layout.Axes[1], array.Shape[1]);
        }

        var (gates, rest) = int.DivRem(lengths['G'], lengths['H']);
        var cells = CellChoice.Fitting(rest == 0 ? gates : 0, HasCandidateBias(), options);
        if (cells.Count != 1)
        {
            return CellProblem(cells, options);
        }

        Spec = new()
        {
            Cell = cells[0],
            InputSize = lengths['I'],
            HiddenSize = lengths['H'],
            OutputSize = lengths['O'],
            Layers = Names.Layers,
            Bidirectional = Names.Bidirectional,
        };
        return null;
    }

    private string CellProblem(IReadOnlyList<RecurrentCell> cells, PrototypeOptions options)
    {
        var known = CellChoice.Fitting(gates: null, candidateBias: null, options);
        if (known.Count == 0)
        {
            var said = ((string[])["cell", "activation", "gru_reset"]).Where(key => options[key] is not null).Select(key => $"{key} {options[key]}");
            return $"what was said ({string.Join(", ", said)}) fits no cell";
        }

        var layout = Convention.Tensors.First(layout => layout.Tensor == TensorNames.Whh);
        var whh = $"{Names.Arrays[TensorNames.Whh]} is {_arrays[Names.Arrays[TensorNames.Whh]].ShapeText}";
        return cells.Count > 1
            ? $"{whh}, which fits {string.Join(" and ", cells)}; say which with gru_reset"
            : $"{whh}, {Convention} expects {AxisSizes.Letters(layout.Axes)} with G = {string.Join(" or ", known.Select(cell => cell.Gates.Count).Distinct().Order())}";
    }

    // A tensor that only cells with a candidate bias have tells that there is one, and one that they cannot have tells that there is none.
    private bool? HasCandidateBias()
    {
        if (Names.Arrays.TryGetValue(SecondBias.Name, out var second))
        {
            return Convention.Tensors.Where(layout => layout.Tensor == SecondBias.Name)
                .All(layout => layout.CandidateBias is null || _arrays[second].Shape.Length == layout.Axes.Length);
        }

        return Names.Arrays.ContainsKey(TensorNames.Bhn) ? true : null;
    }

    private string? CheckShapes()
    {
        BiasesAreItsOwn = true;
        var places = new WeightLayout(Convention, Spec!, Names.Arrays).Places;
        foreach (var place in places)
        {
            var array = _arrays[place.Array];
            var sizes = new AxisSizes(Spec!, place.Layer);
            if (place.Layout.IsRequired ? !array.Shape.SequenceEqual([.. place.Shape]) : !SameAxes(array.Shape, [.. place.Shape]))
            {
                return $"{place.Array} is {array.ShapeText}, {Convention} expects {sizes.Describe(place.Layout.Axes)} for {Spec!.Cell}";
            }

            BiasesAreItsOwn &= array.Shape.SequenceEqual([.. place.Shape])
                || (place.Layout.OtherAxes is { } other && array.Shape.SequenceEqual(sizes.Shape(other)));
        }

        var strangers = Names.Arrays.Values.Except(places.Select(place => place.Array));
        return strangers.FirstOrDefault() is { } stranger ? $"{stranger} is there, but {Spec!.Cell} has no such tensor" : null;
    }
}
