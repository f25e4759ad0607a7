using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Reads targets as people save them: class indices, one-hot rows or values, for every step or the last.</summary>
/// <param name="arrays">The prototype.</param>
/// <param name="sequences">Its sequences.</param>
/// <param name="order">The order of their axes.</param>
/// <param name="options">What was said; what was not follows from the array.</param>
internal sealed class TargetReader(NamedArrays arrays, SequenceArrays sequences, SequenceOrder order, PrototypeOptions options)
{
    private const string Name = ArrayNames.Targets;

    /// <summary>The targets, and the network with its loss and outputs.</summary>
    /// <param name="spec">The network, whose loss and outputs are not known yet.</param>
    /// <exception cref="InvalidDataException">The targets fit no loss, or more than one.</exception>
    public (SequenceTargets<double> Targets, RnnSpec Spec) Read(RnnSpec spec)
    {
        var targets = arrays[Name];
        var isWhole = !targets.IsReal;
        OutputMode[] outputs = options.Outputs is { } said ? [said] : [OutputMode.EveryStep, OutputMode.LastStep];
        var indices = outputs.Select(mode => (Outputs: mode, Axes: mode == OutputMode.EveryStep ? "TB" : "B", IsIndex: true));
        var vectors = outputs.Select(mode => (Outputs: mode, Axes: mode == OutputMode.EveryStep ? "TBO" : "BO", IsIndex: false));
        var forms = (isWhole && options.Loss != LossKind.SquaredError ? indices.Concat(vectors) : vectors).ToArray();
        var form = forms.FirstOrDefault(form => order.Fits(targets, form.Axes));
        if (form.Axes is null)
        {
            var expected = forms.Select(form => order.Describe(form.Axes) + (form.IsIndex ? " of class indices" : ""));
            throw new ArrayName(arrays.Source, Name).Refuse($"is {targets.TypeText} {targets.ShapeText}, expected {string.Join(" or ", expected)}.");
        }

        spec = spec with { Outputs = form.Outputs };
        if (form.IsIndex)
        {
            var classes = sequences.Read<long>(Name, Name, form.Axes);
            sequences.RequireRange(classes, 0, spec.OutputSize - 1);
            return (new(classes.Values), spec with { Loss = LossKind.CrossEntropy });
        }

        var values = sequences.Read<double>(Name, Name, form.Axes);
        sequences.RequireFinite(values);
        var row = FirstRowThatIsNotOneHot(values.Values, form.Outputs);
        return (options.Loss ?? Guess(row is null && spec.OutputSize > 1)) == LossKind.SquaredError
            ? (new(values.Values), spec with { Loss = LossKind.SquaredError })
            : row is { } wrong
                ? throw ArrayName.Refuse(arrays.Source, $"{values.Locate(wrong * spec.OutputSize)} starts a row that is not one-hot, expected by cross-entropy.")
                : (new(Classes(values.Values)), spec with { Loss = LossKind.CrossEntropy });
    }

    // One-hot rows are at home in both losses; probabilities only in one.
    private LossKind Guess(bool oneHot)
    {
        return !oneHot ? LossKind.SquaredError
            : sequences.Find(ArrayNames.Probabilities) is not null ? LossKind.CrossEntropy
            : throw new ArrayName(arrays.Source, Name).Refuse("has one-hot rows, which fit cross-entropy and squared error; say which with --loss.");
    }

    private int? FirstRowThatIsNotOneHot(NdArray<double> values, OutputMode outputs)
    {
        for (var row = 0; row < values.Rows; row++)
        {
            var isPadding = outputs == OutputMode.EveryStep && sequences.Lengths is { } lengths && row / lengths.Count >= lengths[row % lengths.Count];
            if (!isPadding && (values.Row(row).Count(1) != 1 || values.Row(row).IndexOfAnyExcept(0, 1) >= 0))
            {
                return row;
            }
        }

        return null;
    }

    private static NdArray<long> Classes(NdArray<double> oneHot)
    {
        var classes = new NdArray<long>([.. oneHot.Shape[..^1]]);
        for (var row = 0; row < oneHot.Rows; row++)
        {
            classes.Data[row] = Math.Max(0, oneHot.Row(row).IndexOf(1)); // a cleared row of padding has none
        }

        return classes;
    }
}
