using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Tests.Shared;
using RnnCompare.Torch.HandWriting;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnCompare.Torch.Tests.HandWriting;

public class HandWrittenLayerTests
{
    private const int Vocabulary = 6;

    public static TheoryData<string, int, bool> Networks()
    {
        var data = new TheoryData<string, int, bool>();
        foreach (var cell in CellTable.All)
        {
            data.Add(cell.Name, 1, false);
            data.Add(cell.Name, 2, true);
        }

        return data;
    }

    // An embedding, the layer, and a linear layer of torch: the gradients of the whole against the same with autograd's loop in the middle.
    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradients_OfTheWholeAreThoseOfAutograd(string cell, int layers, bool bidirectional)
    {
        using var scope = NewDisposeScope();
        var weights = Samples.Weights<double>(Spec(cell, layers, bidirectional), seed: 3);
        using var layer = new HandWrittenLayer<double>(weights);
        using var loop = new LoopNetwork(weights.Spec, weights.Tensors.Select(tensor => (tensor.Name, TorchArrays.ToTensor(tensor.Values))));
        IReadOnlyList<int> lengths = [5, 2, 4];

        var byHand = Whole(weights.Spec, (x, h0, c0) => layer.forward(x, h0, c0, lengths));
        var byAutograd = Whole(weights.Spec, (x, h0, c0) => Masked(loop, x, h0, c0, lengths));

        foreach (var (name, parameter) in loop.named_parameters().Where(entry => entry.name is not ("Why" or "by")))
        {
            Near(name, parameter.grad!, layer.named_parameters().Single(entry => entry.name == name).parameter.grad!);
        }

        Assert.All(byAutograd.Zip(byHand), pair => Near(pair.First.Name, pair.First.Gradient, pair.Second.Gradient));
    }

    [Fact]
    public void Gradients_OfTwoCallsInOneGraphAddUp()
    {
        using var scope = NewDisposeScope();
        var weights = Samples.Weights<double>(Spec("gru", 1, false), seed: 3);
        using var layer = new HandWrittenLayer<double>(weights);
        var (first, second) = (randn(4, 2, 3, dtype: ScalarType.Float64), randn(5, 3, 3, dtype: ScalarType.Float64));

        HandWrittenFunction.Backward(layer.call(first).sum() + (2 * layer.call(second)).sum());
        var together = layer.named_parameters().Select(entry => entry.parameter.grad!.clone()).ToArray();
        layer.zero_grad();
        HandWrittenFunction.Backward(layer.call(first).sum());
        HandWrittenFunction.Backward((2 * layer.call(second)).sum());

        Assert.All(layer.named_parameters().Zip(together), pair => Near(pair.First.name, pair.First.parameter.grad!, pair.Second));
    }

    [Fact]
    public void Forward_TakesTokens_AndFollowsTheOptimizer()
    {
        using var scope = NewDisposeScope();
        var weights = Samples.Weights<float>(Spec("lstm", 1, false), seed: 3);
        using var layer = new HandWrittenLayer<float>(weights, threads: 2);
        using var optimizer = optim.SGD(layer.parameters(), 0.1);
        var tokens = tensor(new long[] { 0, 2, 1, 1, 2, 0 }).view(3, 2);
        var losses = Enumerable.Range(0, 5).Select(_ =>
        {
            optimizer.zero_grad();
            var loss = layer.call(tokens).square().sum();
            HandWrittenFunction.Backward(loss);
            optimizer.step();
            return loss.item<float>();
        }).ToArray();

        Assert.Equal(losses.OrderDescending(), losses);
        Assert.NotEqual(weights.Whh.Data, layer.ReadWeights().Whh.Data);
    }

    [Fact]
    public void Forward_RefusesWhatDoesNotFit()
    {
        using var layer = new HandWrittenLayer<double>(Samples.Weights<double>(Spec("tanh", 1, false), seed: 3));
        Assert.Contains("x has 4 columns, but the model's input size is 3", Assert.Throws<ArgumentException>(() => layer.call(zeros(2, 1, 4, dtype: ScalarType.Float64))).Message, StringComparison.Ordinal);
        Assert.Contains("x is Float32", Assert.Throws<ArgumentException>(() => layer.call(zeros(2, 1, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("h0 is (1, 1, 5)", Assert.Throws<ArgumentException>(() => layer.forward(zeros(2, 1, 3, dtype: ScalarType.Float64), zeros(1, 1, 5, dtype: ScalarType.Float64))).Message, StringComparison.Ordinal);
        Assert.Contains("no cell state", Assert.Throws<ArgumentException>(() => layer.forward(zeros(2, 1, 3, dtype: ScalarType.Float64), null, zeros(1, 1, 4, dtype: ScalarType.Float64))).Message, StringComparison.Ordinal);
    }

    private static RnnSpec Spec(string cell, int layers, bool bidirectional) => new()
    {
        Cell = CellTable.Named(cell),
        InputSize = 3,
        HiddenSize = 4,
        OutputSize = 2,
        Layers = layers,
        Bidirectional = bidirectional,
    };

    private static List<(string Name, Tensor Gradient)> Whole(RnnSpec spec, Func<Tensor, Tensor, Tensor?, Tensor> middle)
    {
        manual_seed(9);
        var embedding = randn(Vocabulary, spec.InputSize, dtype: ScalarType.Float64).requires_grad_();
        var read = randn(spec.FeatureSize, 2, dtype: ScalarType.Float64).requires_grad_();
        var h0 = randn(spec.Layers * spec.Directions, 3, spec.HiddenSize, dtype: ScalarType.Float64).requires_grad_();
        var c0 = spec.Cell.HasCellState ? randn(spec.Layers * spec.Directions, 3, spec.HiddenSize, dtype: ScalarType.Float64).requires_grad_() : null;
        var tokens = randint(Vocabulary, new long[] { 5 * 3 }, dtype: ScalarType.Int64);
        var x = embedding.index_select(0, tokens).view(5, 3, spec.InputSize);
        HandWrittenFunction.Backward(middle(x, h0, c0).matmul(read).sigmoid().sum());
        return [("embedding", embedding.grad!), ("read", read.grad!), ("h0", h0.grad!), .. c0 is null ? [] : new[] { ("c0", c0.grad!) }];
    }

    private static Tensor Masked(LoopNetwork loop, Tensor x, Tensor h0, Tensor? c0, IReadOnlyList<int> lengths)
    {
        var inputs = new TorchInputs { Values = x, Hidden = h0, Cell = c0, Lengths = lengths, Steps = 5, BatchSize = 3 };
        var active = stack(Enumerable.Range(0, 5).Select(t => tensor(lengths.Select(length => t < length ? 1.0 : 0).ToArray())), 0);
        return loop.Run(inputs, keepStates: false).Features * active.unsqueeze(2);
    }

    private static void Near(string name, Tensor expected, Tensor actual)
    {
        var distance = ((expected - actual).norm() / expected.norm()).item<double>();
        Assert.True(distance <= 1e-12, $"{name}: relative {distance:E1} > 1e-12");
    }
}
