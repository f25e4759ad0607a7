using System.Globalization;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Faults;
using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>The mistakes whose traces in the arrays given would drown in rounding.</summary>
internal sealed class BlindSpots(IReplay replay, Evidence evidence, FaultContext context)
{
    /// <summary>The distance, in noise floors, below which a trace may stay hidden: the program's own rounding comes on top of the limit.</summary>
    public const double Hidden = 1.25 * Evidence.Limit;

    /// <summary>The mistakes that are none.</summary>
    public IEnumerable<Fault> Shown(IEnumerable<Fault> catalogue) => catalogue.Where(fault => TraceOf(fault) > Hidden);

    /// <summary>Every such mistake, family by family.</summary>
    /// <param name="catalogue">The mistakes.</param>
    /// <param name="traceOf">What is known of the trace of a mistake; null for nothing.</param>
    public IEnumerable<BlindSpot> Find(IEnumerable<Fault> catalogue, Func<Fault, double?> traceOf)
    {
        foreach (var family in catalogue.GroupBy(fault => fault.Id))
        {
            Fault[] variants = [.. family];
            Fault[] hidden = [.. variants.Where(fault => !((traceOf(fault) ?? TraceOf(fault)) > Hidden))];
            if (hidden.Length > 0)
            {
                yield return new(family.Key, Reason(family.Key), hidden.Length == variants.Length ? [] : [.. hidden.Select(fault => fault.ToString())]);
            }
        }
    }

    /// <summary>The largest distance of an array with a mistake from the right one, in noise floors.</summary>
    public double TraceOf(Fault fault)
    {
        var variant = fault.Edit(Variant.Right);
        return evidence.Names.Max(name => VariantView.For(variant, name) == VariantView.For(Variant.Right, name) ? 0 : evidence.Effect(name, replay.Values(name, variant)));
    }

    /// <summary>The limits of clipping that leave no trace: where one took hold is not known beforehand.</summary>
    public IEnumerable<BlindSpot> Limits()
    {
        string[] gradients = [.. evidence.Names.Where(TensorKind.IsWeightGradient)];
        if (gradients.Length == 0)
        {
            yield break;
        }

        var largest = gradients.Max(name => evidence.Right.Find(name)!.Data.Max(Math.Abs));
        var norm = ScaledNorm.Of([.. evidence.Right.Tensors.Where(tensor => TensorKind.IsWeightGradient(tensor.Name)).Select(tensor => ScaledNorm.Of(tensor.Values.Span))]);
        yield return new("clipped-elementwise", string.Create(CultureInfo.InvariantCulture, $"limits above {largest:G3}, the largest element, leave no trace"), []);
        yield return new("clipped-by-norm", string.Create(CultureInfo.InvariantCulture, $"limits above {norm:G3}, the norm of all gradients, leave no trace"), []);
    }

    private string Reason(string id)
    {
        var batch = context.Batch;
        var stateIsZero = batch.InitialState is null || batch.InitialState.Hidden.Data.All(value => value == 0);
        return id switch
        {
            "initial-state-ignored" or "carried-state-discarded" when stateIsZero => "h0 is zero",
            "padding-counted" when batch.Lengths is null || batch.Lengths.All(length => length == batch.Steps) => "every sequence has all T steps",
            "bias-batch-not-summed" or "scaled-by-batch" or "softmax-over-batch" or "loss-of-summed-probability" when batch.BatchSize == 1 => "the batch has one sequence",
            _ when batch.Steps == 1 => "the sequences have one step, or the trace lies below the noise floor",
            _ => "in the arrays given its trace lies below the noise floor",
        };
    }
}
