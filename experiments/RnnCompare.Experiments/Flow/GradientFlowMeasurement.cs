using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Flow;

/// <summary>Measures how gradients vanish or explode on their way back in time.</summary>
internal static class GradientFlowMeasurement
{
    /// <summary>Differentiates the loss of the last step alone, with each engine that sees dL/dh_t.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="batch">A batch with targets.</param>
    /// <param name="engines">The engines of the run; those that do not see dL/dh_t are left out.</param>
    /// <returns>Null where no engine of the run sees it.</returns>
    public static GradientFlow? Measure(RnnWeights<double> weights, SequenceBatch<double> batch, IEnumerable<string> engines)
    {
        var lastStep = WithSpec(weights, weights.Spec with { Outputs = OutputMode.LastStep });
        var lastBatch = batch with { Targets = LastTargets(weights.Spec, batch) };
        var curves = new List<FlowCurve>();
        foreach (var name in engines)
        {
            using var engine = EngineFactory.Create(name, lastStep);
            if (engine.Gradients(lastBatch).Hidden is { } hidden)
            {
                curves.Add(new(name, Norms(weights.Spec, batch, hidden)));
            }
        }

        var bounded = weights.Spec.Cell is RnnCell;
        return curves.Count == 0 ? null : new(curves, bounded ? SpectralNorm.Of(weights.Layer(weights.Spec.Layers - 1).Whh) : double.NaN);
    }

    private static RnnWeights<double> WithSpec(RnnWeights<double> weights, RnnSpec spec)
    {
        var result = new RnnWeights<double>(spec);
        result.CopyFrom(weights);
        return result;
    }

    private static SequenceTargets<double> LastTargets(RnnSpec spec, SequenceBatch<double> batch)
    {
        if (spec.Outputs == OutputMode.LastStep)
        {
            return batch.Targets!;
        }

        var rows = Enumerable.Range(0, batch.BatchSize).Select(b => ((batch.LengthOf(b) - 1) * batch.BatchSize) + b).ToArray();
        return batch.Targets!.Classes is { } classes
            ? new(new NdArray<long>([.. rows.Select(row => classes.Data[row])], rows.Length))
            : new(new NdArray<double>([.. rows.SelectMany(row => batch.Targets.Values!.Row(row).ToArray())], rows.Length, spec.OutputSize));
    }

    // The top layer's forward direction; k counts from each sequence's own last step.
    private static double[] Norms(RnnSpec spec, SequenceBatch<double> batch, NdArray<double> hidden)
    {
        var top = (spec.Layers - 1) * spec.Directions;
        var squares = new double[batch.Steps];
        for (var b = 0; b < batch.BatchSize; b++)
        {
            for (var k = 0; k < batch.LengthOf(b); k++)
            {
                var t = batch.LengthOf(b) - 1 - k;
                foreach (var value in hidden.Row((((top * batch.Steps) + t) * batch.BatchSize) + b))
                {
                    squares[k] += value * value;
                }
            }
        }

        return [.. squares.Select(Math.Sqrt)];
    }
}
