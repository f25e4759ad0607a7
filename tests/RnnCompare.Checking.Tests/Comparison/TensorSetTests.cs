using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Checking.Tests.Comparison;

/// <summary>Parts of a batch, and a batch that goes through an engine in parts.</summary>
public class TensorSetTests
{
    public static TheoryData<OutputMode, LossKind, bool> Networks => new()
    {
        { OutputMode.EveryStep, LossKind.CrossEntropy, true },
        { OutputMode.LastStep, LossKind.SquaredError, false },
    };

    // Enough values that the batch is cut: 90 sequences of 40 steps of 5·64 values in both directions.
    [Theory]
    [MemberData(nameof(Networks))]
    public void LargeBatch_IsComputedInPartsAndIsTheSame(OutputMode outputs, LossKind loss, bool lengths)
    {
        var spec = new RnnSpec { Cell = CellTable.Named("lstm"), InputSize = 3, HiddenSize = 64, OutputSize = 4, Outputs = outputs, Loss = loss, Bidirectional = true, Reduction = Reduction.Mean };
        var (weights, batch) = (Samples.Weights<double>(spec, 5, sigma: 0.1), Samples.Batch<double>(spec, steps: 40, batchSize: 90, seed: 6, lengths: lengths));
        using var engine = new SizeRecorder(new ManualEngine<double>(weights));
        var parts = TensorSet.Of(engine, batch);
        Assert.True(engine.LargestBatch < 90, $"the whole batch of 90 went through at once ({engine.LargestBatch})");

        var whole = TensorSet.Of(engine.Engine.Gradients(batch));
        whole.AddAll(TensorSet.Of(spec, engine.Engine.Forward(batch)));
        foreach (var (name, values) in whole.Tensors)
        {
            var found = parts.Find(name);
            Assert.True(found is not null && found.Shape.SequenceEqual(values.Shape), $"{name} is {found?.ShapeText}, expected {values.ShapeText}");

            // Sums over 3,600 rows in another order: a random walk of so many roundings.
            var allowed = 16 * Math.Sqrt(3600) * 1.1e-16 * values.Data.Max(Math.Abs);
            Assert.True(values.Data.Zip(found!.Data).All(pair => Math.Abs(pair.First - pair.Second) <= allowed), $"{name} differs");
        }
    }

    [Fact]
    public void Part_TakesSuccessiveSequences()
    {
        var spec = new RnnSpec { Cell = CellTable.Named("lstm"), InputSize = 3, HiddenSize = 4, OutputSize = 2 };
        var batch = Samples.Batch<double>(spec, 4, 5, 3, lengths: true);
        var part = batch.Part(2, 2);
        using var engine = new ManualEngine<double>(Samples.Weights<double>(spec, 2));
        var (all, some) = (engine.Forward(batch), engine.Forward(part));
        for (var t = 0; t < 4; t++)
        {
            Assert.Equal(all.Outputs.Step(t)[(2 * spec.OutputSize)..(4 * spec.OutputSize)], some.Outputs.Step(t));
        }

        Assert.Equal([batch.LengthOf(2), batch.LengthOf(3)], part.Lengths!);
        Assert.Same(batch, batch.Part(0, 5));
    }

    // Passes everything on, and remembers how large the batches were.
    private sealed class SizeRecorder(IRnnEngine<double> engine) : IRnnEngine<double>
    {
        public IRnnEngine<double> Engine => engine;

        public int LargestBatch { get; private set; }

        public string Name => engine.Name;

        public RnnSpec Spec => engine.Spec;

        public double LearningRate { get; set; }

        public RnnWeights<double> ReadWeights() => engine.ReadWeights();

        public void LoadWeights(RnnWeights<double> weights) => engine.LoadWeights(weights);

        public ForwardResult<double> Forward(SequenceBatch<double> batch) => engine.Forward(Recorded(batch));

        public GradientResult<double> Gradients(SequenceBatch<double> batch) => engine.Gradients(Recorded(batch));

        public GradientResult<double> Gradients(SequenceBatch<double> batch, NdArray<double> dHidden) => engine.Gradients(Recorded(batch), dHidden);

        public TrainingStep<double> Train(SequenceBatch<double> batch) => engine.Train(Recorded(batch));

        public void Dispose() => engine.Dispose();

        private SequenceBatch<double> Recorded(SequenceBatch<double> batch)
        {
            LargestBatch = Math.Max(LargestBatch, batch.BatchSize);
            return batch;
        }
    }
}
