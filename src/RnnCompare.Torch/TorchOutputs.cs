using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Models;
using static TorchSharp.torch;

namespace RnnCompare.Torch;

/// <summary>The output layer and the loss in TorchSharp.</summary>
internal static class TorchOutputs
{
    /// <summary>y = h·Whyᵀ + by for some rows of the features.</summary>
    /// <param name="network">The network.</param>
    /// <param name="features">(T, B, D·H).</param>
    /// <param name="rows">Which of the T·B rows have an output; null for all.</param>
    public static Tensor Compute(TorchNetwork network, Tensor features, long[]? rows)
    {
        var flat = features.reshape(-1, network.Why.shape[1]);
        var selected = rows is null ? flat : flat.index_select(0, from_array(rows));
        return nn.functional.linear(selected, network.Why, network.by);
    }

    /// <summary>The loss of a batch as a scalar of the graph.</summary>
    public static Tensor Loss<T>(TorchNetwork network, RnnSpec spec, SequenceBatch<T> batch, Tensor features)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rows = RowsWithOutput(spec, batch, padded: false);
        var y = Compute(network, features, rows);

        // What stands in (B) with outputs at the last step has one row per output already.
        var outputRows = spec.Outputs == OutputMode.EveryStep ? rows : null;
        var reduction = batch.LossWeights is null ? nn.Reduction.Sum : nn.Reduction.None;
        var loss = spec.Loss == LossKind.CrossEntropy
            ? nn.functional.cross_entropy(y, Select(TorchArrays.ToTensor(batch.Targets!.Classes!).view(-1)), reduction: reduction)
            : nn.functional.mse_loss(y, Select(TorchArrays.ToTensor(batch.Targets!.Values!).view(-1, spec.OutputSize)), reduction) / 2;
        if (batch.LossWeights is { } weights)
        {
            var column = Select(TorchArrays.ToTensor(weights).view(-1)).unsqueeze(1);
            return (loss.view(column.shape[0], -1) * column).sum();
        }

        return batch.LossDivisor(spec) is > 1 and var divisor ? loss / divisor : loss;

        Tensor Select(Tensor values) => outputRows is null ? values : values.index_select(0, from_array(outputRows));
    }

    /// <summary>Which of the T·B rows have an output; null for all.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="padded">Whether rows past the ends of sequences are among those of every step.</param>
    public static long[]? RowsWithOutput<T>(RnnSpec spec, SequenceBatch<T> batch, bool padded)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (spec.Outputs == OutputMode.LastStep)
        {
            return [.. Enumerable.Range(0, batch.BatchSize).Select(b => ((batch.LengthOf(b) - 1L) * batch.BatchSize) + b)];
        }

        if (batch.Lengths is null || padded)
        {
            return null;
        }

        return
        [
            .. Enumerable.Range(0, batch.Steps * batch.BatchSize)
                .Where(row => row / batch.BatchSize < batch.LengthOf(row % batch.BatchSize))
                .Select(row => (long)row),
        ];
    }
}
