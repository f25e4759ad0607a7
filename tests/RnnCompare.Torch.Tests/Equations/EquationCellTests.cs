using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Optimizers;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Torch.Tests.Equations;

/// <summary>Every shipped cell of equations: the derived gradients are those of autograd and of central differences, and training falls.</summary>
public class EquationCellTests
{
    public static TheoryData<string> Cells => [.. Directory.GetFiles(Path.Combine(Checkout.Root, "experiments", "cells"), "*.cell").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Theory]
    [MemberData(nameof(Cells))]
    public void DerivedGradients_AreThoseOfAutograd(string cell)
    {
        foreach (var (layers, bidirectional, outputs, loss, tokens, lengths) in new[]
        {
            (1, false, OutputMode.EveryStep, LossKind.CrossEntropy, true, false),
            (2, true, OutputMode.LastStep, LossKind.SquaredError, false, true),
        })
        {
            var spec = Spec(cell) with { Layers = layers, Bidirectional = bidirectional, Outputs = outputs, Loss = loss };
            var weights = Samples.Weights<double>(spec, 1);
            var batch = Samples.Batch<double>(spec, steps: 4, batchSize: 3, seed: 2, tokens, lengths);
            using var equations = new EquationsEngine<double>(weights);
            using var autograd = new AutogradEngine<double>(weights);
            Agreement.Require(autograd.Forward(batch), equations.Forward(batch), 1e-11);
            Agreement.Require(autograd.Gradients(batch), equations.Gradients(batch), 1e-11);
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void DerivedGradients_AreThoseOfCentralDifferences(string cell)
    {
        const double Step = 1e-5;
        var spec = Spec(cell);
        var weights = Samples.Weights<double>(spec, 3);
        var batch = Samples.Batch<double>(spec, steps: 3, batchSize: 2, seed: 4);
        using var engine = new EquationsEngine<double>(weights);
        var gradients = engine.Gradients(batch).Weights;
        foreach (var (tensor, gradient) in weights.Tensors.Zip(gradients.Tensors))
        {
            var place = tensor.Values.Length / 2;
            var kept = tensor.Values.Data[place];
            var difference = (LossAt(kept + Step) - LossAt(kept - Step)) / (2 * Step);
            LossAt(kept);
            Assert.True(Math.Abs(difference - gradient.Values.Data[place]) <= 1e-7, $"d{tensor.Name}[{place}]: {gradient.Values.Data[place]:R}, differences {difference:R}");

            double LossAt(double value)
            {
                tensor.Values.Data[place] = value;
                engine.LoadWeights(weights);
                return engine.Gradients(batch).Loss;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Training_Falls(string cell)
    {
        var spec = Spec(cell);
        using var engine = new EquationsEngine<double>(Samples.Weights<double>(spec, 5), new() { Optimizer = new AdamSpec { LearningRate = 0.02 } });
        var batch = Samples.Batch<double>(spec, steps: 5, batchSize: 4, seed: 6);
        var first = engine.Train(batch).Loss;
        for (var i = 0; i < 60; i++)
        {
            engine.Train(batch);
        }

        Assert.True(engine.Train(batch).Loss < 0.7 * first);
    }

    private static RnnSpec Spec(string cell)
    {
        var text = File.ReadAllText(Path.Combine(Checkout.Root, "experiments", "cells", cell + ".cell"));
        return new() { Cell = new EquationCell(CellEquations.Parse(text)), InputSize = 4, HiddenSize = 6, OutputSize = 3 };
    }
}
