using RnnCompare.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.Torch;

/// <summary>Backward, clipping and update by TorchSharp's own functions and optimizers.</summary>
internal sealed class TorchTrainer : IDisposable
{
    private readonly TorchNetwork _network;
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly Clipping _clipping;
    private readonly optim.Optimizer _optimizer;

    public TorchTrainer(TorchNetwork network, TrainingOptions training)
    {
        _network = network;
        _parameters = network.Trained;
        _clipping = training.Clipping;
        _optimizer = TorchOptimizers.Create(training.Optimizer, _parameters);
    }

    /// <summary>The step size of the steps that follow.</summary>
    public double LearningRate
    {
        get => _optimizer.ParamGroups.First().LearningRate;
        set
        {
            foreach (var group in _optimizer.ParamGroups)
            {
                group.LearningRate = value;
            }
        }
    }

    public void ZeroGradients() => _optimizer.zero_grad();

    /// <summary>Differentiates a loss, clips, and updates.</summary>
    public void Step(Tensor loss)
    {
        ZeroGradients();
        loss.backward();
        _network.MaskGradients();
        switch (_clipping)
        {
            case Clipping.ByValue(var limit):
                nn.utils.clip_grad_value_(_parameters, limit);
                break;
            case Clipping.ByNorm(var limit):
                nn.utils.clip_grad_norm_(_parameters, limit);
                break;
        }

        _optimizer.step();
    }

    public void Dispose() => _optimizer.Dispose();
}
