using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace RnnCompare.SystemTorch.Tests;

public class LifetimeTests
{
    private const int Steps = 1000, T = 5, B = 2, I = 3, H = 4, O = 2;

    [Fact]
    public void AThousandTrainingSteps_LeaveNoTensorAlive()
    {
        using RNN rnn = nn.RNN(I, H, dtype: float64);
        using Linear readout = nn.Linear(H, O, dtype: float64);
        Parameter[] parameters = [.. rnn.parameters(), .. readout.parameters()];
        using SGD optimizer = optim.SGD(parameters, 0.05, momentum: 0.9);
        var random = new Random(7);
        // What stays: one gradient, to which no managed reference remains, and one momentum buffer per parameter.
        AssertNothingStays(parameters.Length, () =>
        {
            Tensor target = from_array(new long[] { 0, 1, 1, 0, 1, 0, 0, 1, 1, 1 });
            optimizer.zero_grad();
            (Tensor output, _) = rnn.call(Values.Uniform(random, T, B, I));
            nn.functional.cross_entropy(readout.call(output).view(-1, O), target).backward();
            nn.utils.clip_grad_norm_(parameters, 1);
            optimizer.step();
        });
    }

    [Fact]
    public void AThousandStepsOnPackedSequences_LeaveNoTensorAlive()
    {
        using LSTM lstm = nn.LSTM(I, H, dtype: float64);
        using Adam optimizer = optim.Adam(lstm.parameters(), amsgrad: true);
        var random = new Random(8);
        AssertNothingStays(3 * lstm.parameters().Count(), () =>
        {
            Tensor input = Values.Uniform(random, T, B, I).requires_grad_();
            PackedSequence packed = pack_padded_sequence(input, from_array(new long[] { 1, T }), enforce_sorted: false);
            (PackedSequence output, _, Tensor cell) = lstm.call(packed);
            (Tensor padded, _) = pad_packed_sequence(output);
            autograd.grad([cell.sum()], [input, padded], retain_graph: true, allow_unused: true);
            nn.functional.mse_loss(padded, padded.new_zeros(padded.shape)).backward();
            optimizer.step();
        });
    }

    /// <summary>Counts after the first step, which makes what stays, and after the last.</summary>
    private static void AssertNothingStays(int expectedToStay, Action step)
    {
        long native = Values.LiveTensorsAfterCollection();
        long ofThread = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < Steps; i++)
        {
            using var scope = NewDisposeScope();
            step();
        }

        Assert.Equal(native + expectedToStay, SystemLibrary.LiveTensors);
        Assert.Equal(ofThread + expectedToStay, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
