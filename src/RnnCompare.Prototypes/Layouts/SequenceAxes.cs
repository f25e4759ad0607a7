using RnnCompare.Models;

namespace RnnCompare.Prototypes.Layouts;

/// <summary>The axes of arrays that are no weights, in the letters of <see cref="AxisSizes"/>.</summary>
internal static class SequenceAxes
{
    /// <summary>The canonical axes of an array or of its gradient.</summary>
    /// <param name="tensor">Its canonical name.</param>
    /// <param name="outputs">Which steps have an output.</param>
    public static string Canonical(string tensor, OutputMode outputs)
    {
        return tensor switch
        {
            "x" or "dx" => "TBI",
            "h" => "TBF",
            "dh" => "LTBH",
            "h0" or "c0" or "dh0" or "dc0" => "LBH",
            "y" or "p" => outputs == OutputMode.EveryStep ? "TBO" : "BO",
            "loss" => "",
            "lengths" => "B",
            _ => throw new ArgumentException($"'{tensor}' is not an array of a batch.", nameof(tensor)),
        };
    }

    /// <summary>The same axes in the order of a prototype: layers first, then as its sequences have them.</summary>
    /// <param name="canonical">The canonical axes; the last is the features, unless it is B or T.</param>
    /// <param name="sequence">The order of T, B and F in the prototype.</param>
    public static string Own(string canonical, string sequence)
    {
        var feature = canonical.AsSpan().TrimStart("LTB");
        var axes = string.Concat(sequence.Where(axis => axis == 'F' || canonical.Contains(axis, StringComparison.Ordinal)));
        return (canonical.StartsWith('L') ? "L" : "") + axes.Replace("F", feature.ToString(), StringComparison.Ordinal);
    }
}
