using RnnCompare.Bptt;
using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Models.Initialization;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Tests.Flow;

/// <summary>Networks without input whose recurrence is known, and what they do.</summary>
internal static class FlowSamples
{
    public static RnnSpec Spec(RecurrentCell cell, int hiddenSize)
    {
        return new() { Cell = cell, InputSize = 1, HiddenSize = hiddenSize, OutputSize = 1, Loss = LossKind.SquaredError, Reduction = Reduction.Sum };
    }

    public static RnnWeights<double> Weights(RecurrentCell cell, int hiddenSize, MatrixInitializer recurrent, int seed)
    {
        var weights = new RnnWeights<double>(Spec(cell, hiddenSize));
        recurrent.Draw(new(hiddenSize, hiddenSize, hiddenSize, hiddenSize), new Random(seed)).Span.CopyTo(weights.Whh.Span);
        weights.Why.Span.Fill(1);
        return weights;
    }

    /// <summary>A batch of one sequence of zeros that starts from a random state.</summary>
    public static SequenceBatch<double> Silence(RnnSpec spec, int steps, double size, int seed)
    {
        var state = RnnState<double>.Zeros(spec, 1);
        var random = new Random(seed);
        foreach (ref var value in state.Hidden.Span)
        {
            value = size * ((2 * random.NextDouble()) - 1);
        }

        return new()
        {
            Inputs = new(new NdArray<double>(steps, 1, spec.InputSize)),
            Targets = new(new NdArray<double>(steps, 1, spec.OutputSize)),
            InitialState = state,
        };
    }

    public static LayerRecord<double> Record(RnnWeights<double> weights, SequenceBatch<double> batch)
    {
        using var engine = new ManualEngine<double>(weights);
        return engine.Record(batch)[0];
    }
}
