using RnnCompare.Cells;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Tests.Shared;
using RnnCompare.Truncation;

namespace RnnCompare.Torch.Tests;

/// <summary>Truncated gradients and training on windows in every engine.</summary>
public class TruncatedAgreementTests
{
    public static TheoryData<string, int, int, OutputMode> Cases()
    {
        var data = new TheoryData<string, int, int, OutputMode>();
        foreach (var cell in CellTable.All)
        {
            data.Add(cell.Name, 3, 3, OutputMode.EveryStep);
            data.Add(cell.Name, 2, 5, OutputMode.EveryStep);
            data.Add(cell.Name, 1, 2, OutputMode.LastStep);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_AndTraining_Agree(string cell, int between, int back, OutputMode outputs)
    {
        var spec = new RnnSpec { Cell = CellTable.Named(cell), InputSize = 4, HiddenSize = 7, OutputSize = 3, Layers = 2, Outputs = outputs };
        var weights = Samples.Weights<double>(spec, seed: 7);
        var batch = Samples.Batch<double>(spec, steps: 8, batchSize: 3, seed: 11, lengths: true);
        var truncation = new TruncationSpec(between, back);
        using var expected = new AutogradEngine<double>(weights);
        using var manual = new ManualEngine<double>(weights);
        Require(manual);
        if (FusedEngine<double>.Supports(spec.Cell))
        {
            using var fused = new FusedEngine<double>(weights);
            Require(fused);
        }

        void Require(IRnnEngine<double> engine)
        {
            expected.LoadWeights(weights);
            Agreement.Require(TruncatedBptt.Gradients(expected, batch, truncation), TruncatedBptt.Gradients(engine, batch, truncation), 1e-12);
            var steps = TruncatedBptt.Train(expected, batch, truncation).Zip(TruncatedBptt.Train(engine, batch, truncation)).ToArray();
            Assert.NotEmpty(steps);
            Assert.All(steps, pair => Assert.Equal(pair.First.Loss, pair.Second.Loss, 1e-12));
            Agreement.Require(expected.ReadWeights(), engine.ReadWeights(), 1e-12);
        }
    }
}
