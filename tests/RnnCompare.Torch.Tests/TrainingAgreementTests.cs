using RnnCompare.Cells;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Optimizers;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Torch.Tests;

/// <summary>The weights after a hundred training steps with carried state.</summary>
public class TrainingAgreementTests
{
    private const int Steps = 100;

    public static TheoryData<string, string> Trainings()
    {
        var data = new TheoryData<string, string>();
        foreach (var cell in CellTable.All)
        {
            foreach (var training in Options.Keys)
            {
                data.Add(cell.Name, training);
            }
        }

        return data;
    }

    private static readonly Dictionary<string, TrainingOptions> Options = new()
    {
        ["SGD"] = new() { Optimizer = new SgdSpec { LearningRate = 0.05 } },
        ["SGD clipped by norm"] = new() { Optimizer = new SgdSpec { LearningRate = 0.1 }, Clipping = new Clipping.ByNorm(0.2) },
        ["Adagrad clipped by value"] = new() { Optimizer = new AdagradSpec { LearningRate = 0.05 }, Clipping = new Clipping.ByValue(0.02) },
    };

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Weights_AgreeAfterTraining(string cell, string training)
    {
        var spec = new RnnSpec { Cell = CellTable.Named(cell), InputSize = 4, HiddenSize = 7, OutputSize = 3, Layers = 2 };
        var weights = Samples.Weights<double>(spec, seed: 7);
        var options = Options[training];
        var expected = Train(new AutogradEngine<double>(weights, options));
        Assert.True(Agreement.Relative(weights.Whh, expected.Whh) > 1e-3);
        Agreement.Require(expected, Train(new ManualEngine<double>(weights, options)), 1e-10);
        if (FusedEngine<double>.Supports(spec.Cell))
        {
            Agreement.Require(expected, Train(new FusedEngine<double>(weights, options)), 1e-10);
        }
    }

    private static RnnWeights<double> Train(IRnnEngine<double> engine)
    {
        using (engine)
        {
            RnnState<double>? state = null;
            for (var step = 0; step < Steps; step++)
            {
                var batch = Samples.Batch<double>(engine.Spec, steps: 5, batchSize: 3, seed: step, tokens: step % 2 == 0, lengths: step % 3 == 0, initialState: false);
                state = engine.Train(batch with { InitialState = state }).FinalState;
            }

            return engine.ReadWeights();
        }
    }
}
