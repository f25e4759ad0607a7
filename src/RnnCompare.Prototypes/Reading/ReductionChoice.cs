using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Reading;

/// <summary>How the loss of a prototype is put together: what was said, or what its own loss says.</summary>
internal static class ReductionChoice
{
    /// <summary>Finds the scale.</summary>
    /// <param name="source">What messages call the prototype.</param>
    /// <param name="weights">The weights, and with them the network, with the sum as its reduction.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="loss">The prototype's loss, if it is there.</param>
    /// <param name="options">What was said.</param>
    /// <exception cref="InvalidDataException">It matters, nobody said, and there is no loss to tell.</exception>
    public static LossScale Find(string source, RnnWeights<double> weights, SequenceBatch<double> batch, double? loss, PrototypeOptions options)
    {
        var (spec, count) = (weights.Spec, batch.CountedOutputs(weights.Spec.Outputs));
        var steps = spec.Outputs == OutputMode.EveryStep ? batch.Steps : 1;
        LossScale[] scales = [.. LossScale.All(spec.Loss, count, steps, batch.BatchSize, spec.OutputSize)
            .Where(scale => (options["half"] is not { } half || scale.Half is null || (half == "true") == scale.Half)
                && (options["reduction"] is not { } reduction || scale.Reduction == reduction || (count == 1 && scale.Reduction == "sum")))];
        if (batch.Targets is null || scales.Length == 1)
        {
            return batch.Targets is null ? new("sum", null, 1) : scales[0];
        }

        if (loss is not { } stated || !double.IsFinite(stated))
        {
            return options["reduction"] is not null || count == 1
                ? scales[0]
                : throw ArrayName.Refuse(source, "leaves open whether the loss is a sum or a mean, and has no loss to tell; say which with --reduction.");
        }

        using var engine = CellEngine.Create(weights);
        var sum = engine.Gradients(batch).Loss;
        if (scales.MinBy(scale => Math.Abs(stated - (scale.Factor * sum))) is { } nearest && Math.Abs(stated - (nearest.Factor * sum)) <= Trial.Met * Math.Abs(stated))
        {
            return nearest;
        }

        // A wrong loss lies closer to a sum or to a mean, the two usual ways.
        LossScale[] usual = [.. scales.Where(scale => scale.Reduction is "sum" or "mean" && scale.Half != false)];
        return (usual.Length > 0 ? usual : scales).MinBy(scale => Math.Abs(Math.Log(Math.Abs(stated) / (scale.Factor * sum))))!;
    }
}
