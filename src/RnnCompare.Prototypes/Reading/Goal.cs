using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>What the gradients of a prototype can be of: a loss on targets, or a given adjoint of the hidden states.</summary>
internal sealed record Goal
{
    /// <summary>Which steps have an output.</summary>
    public required OutputMode Outputs { get; init; }

    /// <summary>What is minimised.</summary>
    public LossKind Loss { get; init; }

    /// <summary>The targets; null where an adjoint is given.</summary>
    public SequenceTargets<double>? Targets { get; init; }

    /// <summary>1 for every output that counts, 0 for the others; null where all count.</summary>
    public NdArray<double>? Counting { get; init; }

    /// <summary>The adjoint (T, B, D·H).</summary>
    public NdArray<double>? Upstream { get; init; }

    /// <summary>The prototype's arrays.</summary>
    public required IReadOnlyList<string> Arrays { get; init; }

    /// <summary>Whether targets stand one step later in the prototype's array than the inputs in theirs.</summary>
    public bool IsShifted { get; init; }

    /// <summary>The outputs that count.</summary>
    public double Counted(SequenceReading sequence)
    {
        var (lengths, sizes) = (sequence.Batch.Lengths, sequence.Sizes);
        return Counting?.Data.Sum() ?? (Outputs == OutputMode.LastStep ? sizes.BatchSize : lengths?.Sum() ?? sizes.Steps * sizes.BatchSize);
    }

    /// <summary>Every goal that the arrays allow.</summary>
    public static IEnumerable<Goal> Of(NamedArrays arrays, Trial trial, PrototypeOptions options)
    {
        var met = trial.Evidence.Where(found => found.Distance < 1e-3).Select(found => found.Name).ToHashSet();
        var targets = DataNames.Find(arrays, DataRole.Targets).Where(name => !met.Contains(name)).Take(1).ToArray();
        var goals = trial.Network.OutputSize is null ? [] : targets.SelectMany(name => OfTargets(arrays, name, trial, options)).ToList();
        if (trial.Sequence.NextTokens is { } next && next.Data.All(token => token < trial.Network.OutputSize))
        {
            goals.Add(new() { Outputs = OutputMode.EveryStep, Loss = LossKind.CrossEntropy, Targets = new(next), Arrays = [], IsShifted = true });
        }

        if (goals.Count == 0 || DataNames.Find(arrays, DataRole.Loss).Count == 0)
        {
            goals.AddRange(arrays.Names.Where(name => DataNames.IsUpstream(name) || IsHiddenGradient(arrays, name)).Take(1).SelectMany(name => OfAdjoint(arrays, name, trial)));
        }

        return goals;
    }

    private static bool IsHiddenGradient(NamedArrays arrays, string name)
    {
        return name is ['d', ..] && arrays.TryGet(name[1..], out var array) && DataNames.Of(name[1..], array).Contains(DataRole.Hidden);
    }

    private static IEnumerable<Goal> OfAdjoint(NamedArrays arrays, string name, Trial trial)
    {
        foreach (var own in OwnAxes.Fitting(arrays, name, "TBF", trial.Sequence.Sizes, trial.Sequence.Order).Take(1))
        {
            yield return new() { Outputs = OutputMode.EveryStep, Upstream = own.Values, Arrays = [name], Loss = LossKind.SquaredError };
        }
    }

    private static IEnumerable<Goal> OfTargets(NamedArrays arrays, string name, Trial trial, PrototypeOptions options)
    {
        var isWhole = !arrays[name].IsReal;
        var sizes = trial.Sequence.Sizes with { Spec = trial.Network.Spec };
        foreach (var outputs in options.Outputs is { } said ? [said] : (OutputMode[])[OutputMode.EveryStep, OutputMode.LastStep])
        {
            var axes = outputs == OutputMode.EveryStep ? "TB" : "B";
            foreach (var own in isWhole && options.Loss != LossKind.SquaredError ? OwnAxes.Fitting(arrays, name, axes, sizes, trial.Sequence.Order) : [])
            {
                if (Classes(own.Values, sizes.Spec.OutputSize) is { } classes)
                {
                    yield return Counted(arrays, own.Values, trial, new() { Outputs = outputs, Loss = LossKind.CrossEntropy, Targets = new(classes), Arrays = [name], IsShifted = own.Skipped > 0 });
                }
            }

            foreach (var own in OwnAxes.Fitting(arrays, name, axes + "O", sizes, trial.Sequence.Order).Where(own => own.Skipped == 0))
            {
                if (options.Loss != LossKind.SquaredError && OneHot(own.Values) is { } classes)
                {
                    yield return Counted(arrays, null, trial, new() { Outputs = outputs, Loss = LossKind.CrossEntropy, Targets = new(classes), Arrays = [name] });
                }

                if (options.Loss != LossKind.CrossEntropy)
                {
                    yield return Counted(arrays, null, trial, new() { Outputs = outputs, Loss = LossKind.SquaredError, Targets = new(own.Values), Arrays = [name] });
                }
            }
        }
    }

    // Labels below zero are to be ignored; so is what a mask leaves out.
    private static Goal Counted(NamedArrays arrays, NdArray<double>? labels, Trial trial, Goal goal)
    {
        var axes = goal.Outputs == OutputMode.EveryStep ? "TB" : "B";
        var counting = labels is not null && labels.Data.Any(label => label < 0) ? new NdArray<double>([.. labels.Data.Select(label => label < 0 ? 0.0 : 1)], [.. labels.Shape]) : null;
        if (DataNames.Find(arrays, DataRole.Mask) is [var mask, ..] && OwnAxes.Fitting(arrays, mask, axes, trial.Sequence.Sizes, trial.Sequence.Order).FirstOrDefault() is { } own)
        {
            return goal with { Counting = own.Values, Arrays = [.. goal.Arrays, mask] };
        }

        return goal with { Counting = counting };
    }

    private static NdArray<long>? Classes(NdArray<double> labels, int count)
    {
        return labels.Data.Any(label => label >= count || (label < 0 && label is not (-1 or -100)))
            ? null
            : new([.. labels.Data.Select(label => Math.Max(0, (long)label))], [.. labels.Shape]);
    }

    private static NdArray<long>? OneHot(NdArray<double> values)
    {
        var classes = new NdArray<long>([.. values.Shape[..^1]]);
        for (var row = 0; row < values.Rows; row++)
        {
            var position = values.Row(row).IndexOf(1);
            if (values.Columns < 2 || position < 0 || values.Row(row).Count(0) != values.Columns - 1)
            {
                return null;
            }

            classes.Data[row] = position;
        }

        return classes;
    }
}
