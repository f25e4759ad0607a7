using RnnCompare.Models;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>The order in which a prototype keeps the axes of its sequences, and the lengths T and B that its inputs have in it.</summary>
/// <param name="Axes">T, B and F in the prototype's order.</param>
/// <param name="IsTokens">Whether the inputs are indices and lack F.</param>
/// <param name="Sizes">The lengths.</param>
internal sealed record SequenceOrder(string Axes, bool IsTokens, AxisSizes Sizes)
{
    /// <summary>Finds the order from the inputs, and where they leave it open, from the initial state.</summary>
    /// <exception cref="InvalidDataException">The inputs are missing, or fit no order.</exception>
    public static SequenceOrder Find(NamedArrays arrays, Convention convention, RnnSpec spec, PrototypeOptions options)
    {
        var x = arrays[ArrayNames.Inputs];
        var orders = Orders(convention, options.BatchFirst);
        SequenceOrder[] fitting = [.. orders.Select(order => Fit(order, x, spec)).OfType<SequenceOrder>()];
        if (fitting.Length == 0)
        {
            var vectors = orders.Select(order => AxisSizes.Letters(SequenceAxes.Own("TBI", order)));
            var tokens = AxisSizes.Letters(SequenceAxes.Own("TB", orders[0]));
            throw new ArrayName(arrays.Source, ArrayNames.Inputs).Refuse(
                $"is {x.TypeText} {x.ShapeText}, expected {string.Join(" or ", vectors)} with I = {spec.InputSize}, the same without B, or whole numbers {tokens} or (T).");
        }

        return fitting.FirstOrDefault(order => order.FitsStates(arrays, convention)) ?? fitting[0];
    }

    /// <summary>Whether an array has these canonical axes in the prototype's order, those of length one aside.</summary>
    public bool Fits(StoredArray array, string canonicalAxes) => AxisSizes.SameAxes(array.Shape, Sizes.Shape(SequenceAxes.Own(canonicalAxes, Axes)));

    /// <summary>Axes in the prototype's order, in letters and numbers.</summary>
    public string Describe(string canonicalAxes) => Sizes.Describe(SequenceAxes.Own(canonicalAxes, Axes));

    // What is said is whether steps or sequences come first; where time stands last, neither does.
    private static IReadOnlyList<string> Orders(Convention convention, bool? batchFirst)
    {
        if (batchFirst is not { } isFirst)
        {
            return convention.Sequences;
        }

        var said = isFirst ? "BTF" : "TBF";
        return [.. convention.Sequences.Where(order => order.EndsWith('T') || order[0] == said[0]).Append(said).Distinct()];
    }

    private static SequenceOrder? Fit(string order, StoredArray x, RnnSpec spec)
    {
        var isTokens = x.Shape.Length < 3 && x.ElementType is ElementType.Int64 or ElementType.Int32 or ElementType.UInt8;
        var axes = SequenceAxes.Own(isTokens ? "TB" : "TBI", order);
        axes = x.Shape.Length < axes.Length ? axes.Replace("B", "", StringComparison.Ordinal) : axes;
        if (x.Shape.Length != axes.Length || x.Shape.Contains(0))
        {
            return null;
        }

        var lengths = axes.Zip(x.Shape.ToArray()).ToDictionary();
        return lengths.GetValueOrDefault('I', spec.InputSize) == spec.InputSize
            ? new(order, isTokens, new(spec, Steps: lengths['T'], BatchSize: lengths.GetValueOrDefault('B', 1)))
            : null;
    }

    private bool FitsStates(NamedArrays arrays, Convention convention)
    {
        return ((string[])[ArrayNames.Hidden0, ArrayNames.Cell0])
            .Select(state => ArrayNames.Find(arrays, convention, state))
            .All(name => name is null || Fits(arrays[name], "LBH"));
    }
}
