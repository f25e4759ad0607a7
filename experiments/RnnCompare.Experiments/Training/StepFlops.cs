using RnnCompare.Models;

namespace RnnCompare.Experiments.Training;

/// <summary>The floating-point operations that a training step cannot do without.</summary>
public static class StepFlops
{
    /// <summary>
    /// The operations of a step's products, two for each multiply-add: forward, and backward to weights and states, and to the inputs
    /// of every layer but the lowest, whose gradient nobody asks for. Tokens need no product with Wxh.
    /// </summary>
    /// <param name="spec">The network.</param>
    /// <param name="tokens">Whether tokens enter instead of vectors.</param>
    /// <param name="steps">The (step, sequence) pairs of the batch.</param>
    /// <param name="outputs">The outputs that count.</param>
    public static double Of(RnnSpec spec, bool tokens, double steps, double outputs)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var recurrent = 0.0;
        for (var layer = 0; layer < spec.Layers; layer++)
        {
            var products = layer > 0 ? 3 : tokens ? 0 : 2;
            recurrent += spec.Directions * (spec.Cell.Tensors(spec.LayerInputSize(layer), spec.HiddenSize).SelectMany(tensor => tensor.Blocks)
                .Where(block => block.IsMatrix).Sum(block => (block.ReadsInput ? products : 3.0) * block.Rows * block.Columns));
        }

        return 2 * ((steps * recurrent) + (outputs * 3 * spec.FeatureSize * spec.OutputSize));
    }
}
