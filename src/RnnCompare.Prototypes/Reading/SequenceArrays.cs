using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Reads the arrays of a prototype that are no weights. What lies past a sequence's length is cleared, whatever it is.</summary>
internal sealed class SequenceArrays
{
    private readonly NamedArrays _arrays;
    private readonly Convention _convention;
    private readonly SequenceOrder _order;
    private readonly HashSet<string> _used = [];

    /// <summary>Reads the lengths, which everything else needs.</summary>
    /// <exception cref="InvalidDataException">They do not fit the inputs.</exception>
    public SequenceArrays(NamedArrays arrays, Convention convention, SequenceOrder order)
    {
        _arrays = arrays;
        _convention = convention;
        _order = order;
        if (Read<long>(ArrayNames.Lengths, OutputMode.EveryStep) is { } lengths)
        {
            RequireRange(lengths, 1, order.Sizes.Steps);
            Lengths = [.. lengths.Values.Data.Select(length => (int)length)];
        }
    }

    /// <summary>The steps of each sequence (B); null where all have T.</summary>
    public IReadOnlyList<int>? Lengths { get; }

    /// <summary>The prototype's names of the arrays that were read, by canonical name.</summary>
    public IReadOnlySet<string> Used => _used;

    /// <summary>Reads an array, or the gradient of one, in its canonical axes; null where it is absent.</summary>
    /// <inheritdoc cref="Read{T}(string, string, string)"/>
    public PrototypeArray<T>? Read<T>(string tensor, OutputMode outputs)
        where T : unmanaged, INumber<T>
    {
        return Find(tensor) is { } name ? Read<T>(tensor, name, SequenceAxes.Canonical(tensor, outputs)) : null;
    }

    /// <summary>The prototype's name of an array or of the gradient of one, if it is there.</summary>
    public string? Find(string tensor)
    {
        return tensor.StartsWith('d') ? ArrayNames.Gradient(_arrays, _convention, tensor[1..]) : ArrayNames.Find(_arrays, _convention, tensor);
    }

    /// <summary>Reads an array.</summary>
    /// <exception cref="InvalidDataException">The shape is another than expected, or the elements are no numbers of this type.</exception>
    public PrototypeArray<T> Read<T>(string tensor, string name, string canonicalAxes)
        where T : unmanaged, INumber<T>
    {
        var own = _arrays[name];
        var ownAxes = SequenceAxes.Own(canonicalAxes, _order.Axes);
        if (tensor is ArrayNames.Hidden0 or ArrayNames.Cell0 && _order.Sizes['L'] == 1 && AxisSizes.SameAxes(own.Shape, _order.Sizes.Shape("H")))
        {
            ownAxes = "H"; // one state for all sequences
        }
        else if (!_order.Fits(own, canonicalAxes))
        {
            throw new ArrayName(_arrays.Source, name).Refuse($"is {own.ShapeText}, expected {_order.Describe(canonicalAxes)}.");
        }

        _used.Add(name);
        var map = ArrayMap.Create(canonicalAxes, ownAxes, _order.Sizes, gates: []);
        var values = map.Read(_arrays.Get<T>(name));
        if (Lengths is not null && canonicalAxes.Contains("TB", StringComparison.Ordinal))
        {
            ClearPadding(values);
        }

        return new(tensor, name, own, map, values);
    }

    /// <summary>Makes sure that whole numbers lie in a range.</summary>
    /// <exception cref="InvalidDataException">One does not; the message says where.</exception>
    public void RequireRange(PrototypeArray<long> array, int first, int last)
    {
        Require(array, value => value >= first && value <= last, $"expected {first}..{last}");
    }

    /// <summary>Makes sure that no number is infinite or NaN.</summary>
    /// <exception cref="InvalidDataException">One is; the message says where.</exception>
    public void RequireFinite(PrototypeArray<double> array) => Require(array, double.IsFinite, "expected a finite number");

    private void Require<T>(PrototypeArray<T> array, Predicate<T> fits, string expected)
        where T : unmanaged
    {
        var position = Array.FindIndex(array.Values.Data, value => !fits(value));
        if (position >= 0)
        {
            throw ArrayName.Refuse(_arrays.Source, $"{array.Locate(position)} is {array.Values.Data[position]}, {expected}.");
        }
    }

    // Time-major, but for layers in front.
    private void ClearPadding<T>(NdArray<T> values)
        where T : unmanaged
    {
        var layers = values.Rank == 4 ? _order.Sizes['L'] : 1;
        var length = values.Length / layers;
        for (var layer = 0; layer < layers; layer++)
        {
            Padding.Clear(values.Span.Slice(layer * length, length), _order.Sizes.Steps, Lengths!);
        }
    }
}
