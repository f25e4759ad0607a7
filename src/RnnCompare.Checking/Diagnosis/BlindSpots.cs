using System.Globalization;
using RnnCompare.Checking.Faults;
using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>The mistakes whose traces in the arrays given would drown in rounding.</summary>
internal sealed class BlindSpots(IReplay replay, Evidence evidence, FaultContext context)
{
    /// <summary>The distance, in noise floors, below which a trace may stay hidden: the program's own rounding comes on top of the limit.</summary>
    public const double Hidden = 1.25 * Evidence.Limit;

    /// <summary>The mistakes that are none.</summary>
    public IEnumerable<Fault> Shown(IEnumerable<Fault> catalogue) => catalogue.Where(fault => !IsHidden(fault));

    /// <summary>Every such mistake, family by family.</summary>
    /// <param name="catalogue">The mistakes.</param>
    /// <param name="isShown">Whether a mistake is known to leave a trace.</param>
    public IEnumerable<BlindSpot> Find(IEnumerable<Fault> catalogue, Func<Fault, bool> isShown)
    {
        foreach (var family in catalogue.GroupBy(fault => fault.Id))
        {
            Fault[] variants = [.. family];
            Fault[] hidden = [.. variants.Where(fault => !isShown(fault) && IsHidden(fault))];
            if (hidden.Length > 0)
            {
                yield return new(family.Key, Reason(family.Key), hidden.Length == variants.Length ? [] : [.. hidden.Select(fault => fault.ToString())]);
            }
        }
    }

    private bool IsHidden(Fault fault)
    {
        var variant = fault.Edit(Variant.Right);
        return evidence.Names.All(name =>
            VariantView.For(variant, name) == VariantView.For(Variant.Right, name) || evidence.Effect(name, replay.Values(name, variant)) <= Hidden);
    }

    /// <summary>The limits of clipping that leave no trace: where one took hold is not known beforehand.</summary>
    public IEnumerable<BlindSpot> Limits()
    {
        string[] gradients = [.. evidence.Names.Where(TensorKind.IsWeightGradient)];
        if (gradients.Length == 0)
        {
            yield break;
        }

        var largest = gradients.Max(name => replay.Values(name, Variant.Right).Data.Max(Math.Abs));
        yield return new("clipped-elementwise", string.Create(CultureInfo.InvariantCulture, $"limits above {largest:G3}, the largest element, leave no trace"), []);
        yield return new("clipped-by-norm", string.Create(CultureInfo.InvariantCulture, $"limits above {replay.WeightGradientNorm(Variant.Right):G3}, the norm of all gradients, leave no trace"), []);
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
