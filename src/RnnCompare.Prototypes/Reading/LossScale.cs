using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Prototypes.Reading;

/// <summary>How the losses of single outputs are put together: a factor on their sum.</summary>
/// <param name="Reduction">The word for the key <c>reduction</c>.</param>
/// <param name="Half">Whether a squared error has ½ in front; null for cross-entropy.</param>
/// <param name="Factor">What the sum, with the ½, is multiplied by.</param>
internal sealed record LossScale(string Reduction, bool? Half, double Factor)
{
    /// <summary>Every way, the usual ones first; of those that come to the same, one.</summary>
    /// <param name="kind">The loss.</param>
    /// <param name="counted">The outputs that count.</param>
    /// <param name="steps">T, or 1 where only the last step has an output.</param>
    /// <param name="batchSize">B.</param>
    /// <param name="outputSize">O.</param>
    public static IEnumerable<LossScale> All(LossKind kind, double counted, int steps, int batchSize, int outputSize)
    {
        (string Word, double Factor)[] reductions =
        [
            ("sum", 1), ("mean", 1 / counted), ("batch-mean", 1.0 / batchSize), ("time-mean", 1.0 / steps), ("element-mean", 1 / (counted * outputSize)),
        ];
        var halves = kind == LossKind.SquaredError ? (bool?[])[true, false] : [null];
        return halves.SelectMany(_ => reductions, (half, reduction) => new LossScale(reduction.Word, half, (half == false ? 2 : 1) * reduction.Factor)).DistinctBy(scale => scale.Factor);
    }

    /// <summary>The factor for every output of a batch: (T, B), or (B) where only the last step has one.</summary>
    public NdArray<double> Weights(RnnSpec spec, SequenceBatch<double> batch)
    {
        var weights = spec.Outputs == OutputMode.EveryStep ? new NdArray<double>(batch.Steps, batch.BatchSize) : new(batch.BatchSize);
        weights.Span.Fill(Factor);
        return weights;
    }

    /// <summary>The scale in words.</summary>
    public string Describe(int steps)
    {
        var words = Reduction switch
        {
            "sum" => "summed",
            "mean" => "averaged over all outputs",
            "batch-mean" => steps == 1 ? "averaged over the batch" : "summed over time and averaged over the batch",
            "time-mean" => "summed over the batch and averaged over time",
            _ => "averaged over all elements",
        };
        return Half == false ? $"{words}, without ½" : words;
    }
}
