using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace RnnCompare.SystemTorch.Tests;

public class RecurrenceTests
{
    private const int T = 5, B = 3, I = 4, H = 7;

    public static TheoryData<string, int, bool> Modules => new()
    {
        { "tanh", 1, false }, { "tanh", 2, true }, { "relu", 1, false }, { "relu", 2, true },
        { "lstm", 1, false }, { "lstm", 2, true }, { "gru", 1, false }, { "gru", 2, true },
    };

    [Theory]
    [MemberData(nameof(Modules))]
    public void Modules_MatchAPlainLoop_InOutputsAndGradients(string kind, int layers, bool bidirectional)
    {
        using var scope = NewDisposeScope();
        (nn.Module module, Func<Tensor, (Tensor, Tensor)> fused) = Create(kind, layers, bidirectional);
        var random = new Random(layers);
        Tensor input = Values.Uniform(random, T, B, I).requires_grad_();
        Tensor weighting = Values.Uniform(random, T, B, H * (bidirectional ? 2 : 1));

        (Tensor output, Tensor final) = fused(input);
        (Tensor expected, Tensor expectedFinal) = new PlainRecurrence(kind, module, layers, bidirectional ? 2 : 1).Run(input);

        Values.AssertClose(expected, output);
        Values.AssertClose(expectedFinal, final);
        Tensor[] variables = [input, .. module.parameters()];
        IList<Tensor> gradients = autograd.grad([(output * weighting).sum()], variables);
        IList<Tensor> expectedGradients = autograd.grad([(expected * weighting).sum()], variables);
        for (int i = 0; i < variables.Length; i++) Values.AssertClose(expectedGradients[i], gradients[i]);
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void PackedSequences_RunEachSequenceToItsOwnLength(string kind)
    {
        using var scope = NewDisposeScope();
        int[] lengths = [2, 5, 1];
        (nn.Module module, Func<Tensor, (Tensor, Tensor)> fused) = Create(kind, 1, false);
        Tensor input = Values.Uniform(new Random(3), T, B, I);
        PackedSequence packed = pack_padded_sequence(input, from_array(new long[] { 2, 5, 1 }), enforce_sorted: false);

        (PackedSequence output, Tensor final) = module switch
        {
            LSTM lstm => (lstm.call(packed).Item1, lstm.call(packed).Item2),
            GRU gru => gru.call(packed),
            _ => ((RNN)module).call(packed),
        };
        (Tensor padded, Tensor paddedLengths) = pad_packed_sequence(output);

        Assert.Equal([2, 5, 1], paddedLengths.data<long>().ToArray());
        for (int b = 0; b < B; b++)
        {
            (Tensor alone, Tensor aloneFinal) = fused(input.narrow(1, b, 1).narrow(0, 0, lengths[b]));
            Values.AssertClose(alone, padded.narrow(1, b, 1).narrow(0, 0, lengths[b]));
            Values.AssertClose(aloneFinal, final.narrow(1, b, 1));
            if (lengths[b] < T) Assert.Equal(0, padded.select(1, b).narrow(0, lengths[b], T - lengths[b]).norm().item<double>());
        }
    }

    [Fact]
    public void PackedSequences_PermuteInitialStatesLikeTheBatch()
    {
        using var scope = NewDisposeScope();
        RNN rnn = nn.RNN(I, H, dtype: float64);
        Tensor input = Values.Uniform(new Random(4), T, B, I), h0 = Values.Uniform(new Random(5), 1, B, H);
        PackedSequence packed = pack_padded_sequence(input, from_array(new long[] { 1, 2, 5 }), enforce_sorted: false);
        (_, Tensor final) = rnn.call(packed, h0);
        (_, Tensor second) = rnn.call(input.narrow(1, 1, 1).narrow(0, 0, 2), h0.narrow(1, 1, 1).contiguous());
        Values.AssertClose(second, final.narrow(1, 1, 1));
    }

    [Fact]
    public void BatchFirst_SwapsTheFirstTwoAxes()
    {
        using var scope = NewDisposeScope();
        GRU timeMajor = nn.GRU(I, H, dtype: float64), batchMajor = nn.GRU(I, H, batchFirst: true, dtype: float64);
        using (no_grad())
            foreach ((Parameter from, Parameter to) in timeMajor.parameters().Zip(batchMajor.parameters())) to.copy_(from);
        Tensor input = Values.Uniform(new Random(6), T, B, I);
        Values.AssertClose(timeMajor.call(input).Item1, batchMajor.call(input.transpose(0, 1)).Item1.transpose(0, 1));
    }

    [Fact]
    public void Weights_AreNamedAndBoundedAsInTorch()
    {
        using var scope = NewDisposeScope();
        LSTM lstm = nn.LSTM(I, H, numLayers: 2, bidirectional: true, dtype: float64);
        (string name, Parameter parameter)[] named = [.. lstm.named_parameters()];
        Assert.Equal(16, named.Length);
        Assert.Equal("weight_hh_l1_reverse", named[13].name);
        Assert.Equal([4 * H, 2 * H], named[8].parameter.shape);
        Assert.All(named, own => Assert.InRange(own.parameter.abs().max().item<double>(), 0, 1 / Math.Sqrt(H)));
    }

    [Fact]
    public void RnnWeights_AreReferencesToTheModulesOwn()
    {
        using var scope = NewDisposeScope();
        RNN rnn = nn.RNN(I, H, numLayers: 2, bias: false, dtype: float64);
        using (Parameter weight = rnn.get_weight_hh(1)!)
        using (no_grad())
            weight.fill_(0.5);
        Assert.Equal(0.5, rnn.named_parameters().Single(own => own.name == "weight_hh_l1").parameter.max().item<double>());
        Assert.Null(rnn.get_bias_ih(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => rnn.get_weight_ih(2));
    }

    private static (nn.Module Module, Func<Tensor, (Tensor Output, Tensor Final)> Run) Create(string kind, int layers, bool bidirectional)
    {
        manual_seed(11);
        switch (kind)
        {
            case "lstm":
                LSTM lstm = nn.LSTM(I, H, layers, bidirectional: bidirectional, dtype: float64);
                return (lstm, input => (lstm.call(input).Item1, lstm.call(input).Item2));
            case "gru":
                GRU gru = nn.GRU(I, H, layers, bidirectional: bidirectional, dtype: float64);
                return (gru, input => gru.call(input));
            default:
                RNN rnn = nn.RNN(
                    I, H, layers, kind == "relu" ? nn.NonLinearities.ReLU : nn.NonLinearities.Tanh, bidirectional: bidirectional, dtype: float64);
                return (rnn, input => rnn.call(input));
        }
    }
}
