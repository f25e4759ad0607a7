using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Whether the loss of a prototype is a sum or a mean: what was said, or what its own loss says.</summary>
internal static class ReductionChoice
{
    /// <summary>Finds the reduction.</summary>
    /// <param name="source">What messages call the prototype.</param>
    /// <param name="weights">The weights, and with them the network, with the mean as its reduction.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="loss">The prototype's loss, if it is there.</param>
    /// <param name="options">What was said.</param>
    /// <exception cref="InvalidDataException">It matters, nobody said, and there is no loss to tell.</exception>
    public static Reduction Find(string source, RnnWeights<double> weights, SequenceBatch<double> batch, double? loss, PrototypeOptions options)
    {
        var count = batch.CountedOutputs(weights.Spec.Outputs);
        if (options.Reduction is { } said)
        {
            return said;
        }

        if (batch.Targets is null || count == 1)
        {
            return Reduction.Mean;
        }

        if (loss is not { } stated || !double.IsFinite(stated))
        {
            throw ArrayName.Refuse(source, "leaves open whether the loss is a sum or a mean, and has no loss to tell; say which with reduction.");
        }

        // The two differ by a factor of at least two; the prototype's loss, right or nearly so, lies closer to one.
        using var engine = new ManualEngine<double>(weights);
        var mean = engine.Gradients(batch).Loss;
        return Math.Abs(stated) < mean * Math.Sqrt(count) ? Reduction.Mean : Reduction.Sum;
    }
}
