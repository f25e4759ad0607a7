using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Tests.Comparison;

/// <summary>An engine whose gradient of bh is twice the right one.</summary>
internal sealed class DoublingEngine(IRnnEngine<double> engine) : IRnnEngine<double>
{
    public string Name => "doubling";

    public RnnSpec Spec => engine.Spec;

    public double LearningRate { get; set; }

    public RnnWeights<double> ReadWeights() => engine.ReadWeights();

    public void LoadWeights(RnnWeights<double> weights) => engine.LoadWeights(weights);

    public ForwardResult<double> Forward(SequenceBatch<double> batch) => engine.Forward(batch);

    public GradientResult<double> Gradients(SequenceBatch<double> batch)
    {
        var result = engine.Gradients(batch);
        foreach (ref var value in result.Weights.bh.Span)
        {
            value *= 2;
        }

        return result;
    }

    public GradientResult<double> Gradients(SequenceBatch<double> batch, NdArray<double> dHidden) => engine.Gradients(batch, dHidden);

    public TrainingStep<double> Train(SequenceBatch<double> batch) => engine.Train(batch);

    public void Dispose() => engine.Dispose();
}
