using RnnCompare.Engines;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Torch.Tests;

public class AgreementPropertyTests
{
    [Fact]
    public void RandomNetworksOnRandomBatches_Agree()
    {
        RandomCase.ForAll(150, example =>
        {
            using var autograd = new AutogradEngine<double>(example.Weights);
            using var manual = new ManualEngine<double>(example.Weights);
            Agreement.Require(autograd.Forward(example.Batch), manual.Forward(example.Batch), 1e-12);
            Agreement.Require(autograd.Gradients(example.Batch), manual.Gradients(example.Batch), 1e-12);
            if (FusedEngine<double>.Supports(example.Spec.Cell))
            {
                using var fused = new FusedEngine<double>(example.Weights);
                Agreement.Require(fused.Gradients(example.Batch), manual.Gradients(example.Batch), 1e-12);
            }

            return true;
        });
    }
}
