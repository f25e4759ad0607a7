using RnnCompare.SystemTorch;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnCompare.SystemTorch.Tests;

public class LifetimeTests
{
    [Fact]
    public void AThousandTrainingSteps_LeaveNoTensorAlive()
    {
        manual_seed(7);
        var random = new Random(7);
        long liveBefore = SystemLibrary.LiveTensors;
        using (var rnn = nn.RNN(3, 4, dtype: float64))
        using (var readout = nn.Linear(4, 2, dtype: float64))
        using (var optimizer = optim.SGD(rnn.parameters().Concat(readout.parameters()), 0.05, momentum: 0.9))
        {
            long liveAtStart = SystemLibrary.LiveTensors;
            long ofThread = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            for (int step = 0; step < 1000; step++)
            {
                using var scope = NewDisposeScope();
                Tensor x = from_array(Values(random, 5, 2, 3));
                Tensor target = from_array(new long[] { 0, 1, 1, 0, 1, 0, 0, 1, 1, 1 });
                optimizer.zero_grad();
                (Tensor output, _) = rnn.call(x);
                Tensor loss = nn.functional.cross_entropy(readout.call(output).view(-1, 2), target);
                loss.backward();
                nn.utils.clip_grad_norm_(rnn.parameters(), 1);
                optimizer.step();
                // The gradients and momentum buffers of the six parameters stay, and are no references of the scope's.
                if (step == 0) liveAtStart += 6;
            }

            Assert.Equal(liveAtStart, SystemLibrary.LiveTensors);
            Assert.Equal(ofThread + 6, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }

        Assert.Equal(liveBefore, SystemLibrary.LiveTensors);
    }

    private static double[,,] Values(Random random, int steps, int batch, int inputs)
    {
        var values = new double[steps, batch, inputs];
        for (int t = 0; t < steps; t++)
            for (int b = 0; b < batch; b++)
                for (int i = 0; i < inputs; i++) values[t, b, i] = random.NextDouble() - 0.5;
        return values;
    }
}
