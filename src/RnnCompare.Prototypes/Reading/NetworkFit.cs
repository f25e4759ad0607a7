using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

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
        fit.Problem = names.Missing is { } missing ? $"{missing} is missing, which {names.Convention} needs" : fit.Bind(options) ?? fit.CheckShapes();
        fit.Spec = fit.Problem is null ? fit.Spec : null;
        return fit;
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
            ? $"{whh}, which fits {string.Join(" and ", cells)}; say which with --{(cells.All(cell => cell.Family == Cells.GruCell.Instance.Family) ? "gru-reset" : "cell")}"
            : $"{whh}, {Convention} expects {AxisSizes.Letters(layout.Axes)} with G = {string.Join(" or ", known.Select(cell => cell.Gates.Count).Distinct().Order())}";
    }

    // The candidate's bias tells a GRU by being there; where one array serves both kinds, by the array's rank.
    private bool? HasCandidateBias()
    {
        if (!Names.Arrays.TryGetValue(TensorNames.Bhn, out var array))
        {
            return null;
        }

        var layout = Convention.Tensors.First(layout => layout.Tensor == TensorNames.Bhn);
        var servesOthers = Convention.Tensors.Any(other => other.CandidateBias == false && other.Names.SequenceEqual(layout.Names));
        return !servesOthers || _arrays[array].Shape.Length == layout.Axes.Length;
    }

    private string? CheckShapes()
    {
        BiasesAreItsOwn = true;
        var places = new WeightLayout(Convention, Spec!, Names.Arrays).Places;
        foreach (var place in places)
        {
            var array = _arrays[place.Array];
            var sizes = new AxisSizes(Spec!, place.Layer);
            if (!place.Fits(array.Shape))
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
