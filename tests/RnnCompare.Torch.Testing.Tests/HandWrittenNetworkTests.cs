using RnnCompare.Cells;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Testing.HandWriting;
using RnnCompare.Tests.Shared;
using RnnCompare.Torch.HandWriting;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.Testing.Tests;

public class HandWrittenNetworkTests
{
    private const int Vocabulary = 6, T = 5, B = 3;

    private static readonly RnnSpec Spec = new() { Cell = LstmCell.Instance, InputSize = 4, HiddenSize = 3, OutputSize = 2, Layers = 2 };

    // An embedding of torch, the model's own loss, and an optimizer of torch: gradients of the whole, and the weights after two steps.
    [Theory]
    [InlineData(LossKind.CrossEntropy, Reduction.Mean, OutputMode.EveryStep)]
    [InlineData(LossKind.SquaredError, Reduction.Sum, OutputMode.LastStep)]
    public void Loss_BehindAnEmbedding_TrainsAsOnePieceOfAutograd(LossKind kind, Reduction reduction, OutputMode outputs)
    {
        using var scope = NewDisposeScope();
        var spec = Spec with { Loss = kind, Reduction = reduction, Outputs = outputs };
        using var network = new HandWrittenNetwork<double>(new Model(Samples.Weights<double>(spec, seed: 1)));
        using var layer = new HandWrittenLayer<double>(Samples.Weights<double>(spec, seed: 1));
        var (first, second) = (Table(), Table());
        var (readOut, bias) = ((Tensor)nn.Parameter(Values(layer.ReadWeights().Why)), (Tensor)nn.Parameter(Values(layer.ReadWeights().by)));
        var (tokens, targets) = (randint(0, Vocabulary, [T, B], ScalarType.Int64), Targets(spec));

        var optimizers = new[] { optim.SGD([first, .. network.parameters()], 0.1), optim.SGD([second, .. layer.parameters(), (Parameter)readOut, (Parameter)bias], 0.1) };
        for (var step = 0; step < 2; step++)
        {
            var byHand = 3 * network.forward(first.index_select(0, tokens.flatten()).reshape(T, B, 4), targets);
            var hidden = layer.forward(second.index_select(0, tokens.flatten()).reshape(T, B, 4));
            var y = (outputs == OutputMode.LastStep ? hidden[-1] : hidden).matmul(readOut.t()) + bias;
            var byTorch = 3 * TorchLoss(spec, y, targets);
            Assert.True(allclose(byHand, byTorch, 1e-12, 1e-14));
            foreach (var (optimizer, loss) in optimizers.Zip(new[] { byHand, byTorch }))
            {
                optimizer.zero_grad();
                HandWrittenFunction.Backward(loss);
                optimizer.step();
            }

            Near(first.grad!, second.grad!);
        }

        Near(first, second);
        foreach (var (name, parameter) in layer.named_parameters())
        {
            Near(network.named_parameters().Single(entry => entry.name == name).parameter, parameter);
        }
    }

    // The model in the middle of a graph, with first states from the graph and a loss of torch behind it.
    [Theory]
    [InlineData(Reduction.Mean)]
    [InlineData(Reduction.Sum)]
    public void Outputs_InsideAGraph_HaveTheGradientsOfTheWhole(Reduction reduction)
    {
        using var scope = NewDisposeScope();
        var spec = Spec with { Loss = LossKind.SquaredError, Reduction = reduction };
        using var network = new HandWrittenNetwork<double>(new Model(Samples.Weights<double>(spec, seed: 2)));
        var (x, h0, c0) = (randn([T, B, 4], float64).requires_grad_(), randn([2, B, 3], float64).requires_grad_(), randn([2, B, 3], float64).requires_grad_());

        GradientAssert.Agrees(inputs => network.Outputs(inputs[0], inputs[1], inputs[2], [5, 2, 4]).sin(), x, h0, c0);
    }

    [Fact]
    public void WhatTheModelDoesNotCompute_IsSaidByName()
    {
        using var network = new HandWrittenNetwork<double>(new Model(Samples.Weights<double>(Spec, seed: 1)) { Missing = "dx" });
        var (x, targets) = (randn([T, B, 4], float64), Targets(Spec));
        HandWrittenFunction.Backward(network.forward(x, targets));

        var error = Assert.Throws<InvalidOperationException>(() => HandWrittenFunction.Backward(network.forward(x.requires_grad_(), targets)));
        Assert.StartsWith("The hand-written backward pass returned no dx, which this graph needs; it returned dWxh, ", error.Message, StringComparison.Ordinal);
        Assert.Contains("CrossEntropy", Assert.Throws<InvalidOperationException>(() => network.Outputs(x)).Message, StringComparison.Ordinal);
    }

    private static Tensor TorchLoss(RnnSpec spec, Tensor y, Tensor targets)
    {
        return spec.Loss == LossKind.CrossEntropy
            ? nn.functional.cross_entropy(y.reshape(-1, spec.OutputSize), targets.reshape(-1))
            : 0.5 * (y - targets).square().sum();
    }

    private static Tensor Targets(RnnSpec spec)
    {
        return spec.Loss == LossKind.CrossEntropy ? randint(0, spec.OutputSize, [T, B], ScalarType.Int64)
            : randn(spec.Outputs == OutputMode.LastStep ? [B, spec.OutputSize] : [T, B, spec.OutputSize], float64);
    }

    private static Parameter Table() => nn.Parameter(Values(Samples.Normal<double>(new Random(9), 0.5, Vocabulary, 4)));

    private static Tensor Values(NdArray<double> array) => tensor(array.Data, [.. array.Shape.ToArray().Select(length => (long)length)]);

    private static void Near(Tensor expected, Tensor actual) => Assert.True((actual - expected).norm().item<double>() <= 1e-12 * expected.norm().item<double>());

    /// <summary>A model of somebody's own: the manual engine stands for it, and keeps some things to itself.</summary>
    private sealed class Model(RnnWeights<double> weights) : IHandWrittenModel<double>
    {
        public string? Missing { get; init; }

        public RnnWeights<double> Weights => weights;

        public IReadOnlyDictionary<string, NdArray<double>> Forward(SequenceBatch<double> batch)
        {
            using var engine = new ManualEngine<double>(weights);
            return new Dictionary<string, NdArray<double>> { ["y"] = engine.Forward(batch).Outputs };
        }

        public IReadOnlyDictionary<string, NdArray<double>> Gradients(SequenceBatch<double> batch)
        {
            using var engine = new ManualEngine<double>(weights);
            var result = engine.Gradients(batch);
            var gradients = result.Weights.Tensors.ToDictionary(tensor => "d" + tensor.Name, tensor => tensor.Values);
            gradients["dx"] = result.Inputs!;
            gradients["dh0"] = result.InitialState.Hidden;
            gradients["dc0"] = result.InitialState.Cell!;
            gradients.Remove(Missing ?? "");
            return gradients;
        }
    }
}
