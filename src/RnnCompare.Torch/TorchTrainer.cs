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
    private readonly OptimizerHelper _optimizer;
    private readonly bool _hasMomentum;

    public TorchTrainer(TorchNetwork network, TrainingOptions training)
    {
        _network = network;
        _parameters = network.Trained;
        _clipping = training.Clipping;
        _hasMomentum = training.Optimizer is SgdSpec { Momentum: not 0 };
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

    /// <summary>The updates that were made.</summary>
    public int Steps { get; private set; }

    /// <summary>What the optimizer keeps for each trained parameter, in their order.</summary>
    public IReadOnlyList<IReadOnlyList<(string Name, Tensor Values)>> Memory =>
        [.. _optimizer.state_dict().State.Select(state => (IReadOnlyList<(string, Tensor)>)[.. TorchOptimizerMemory.Tensors((OptimizerState)state)])];

    public void ZeroGradients() => _optimizer.zero_grad();

    /// <summary>Makes the optimizer one that has made some steps; what it keeps is still to be filled in.</summary>
    public void BeginAt(int steps)
    {
        Steps = steps;
        foreach (var (state, parameter) in _optimizer.state_dict().State.Zip(_parameters))
        {
            TorchOptimizerMemory.Prepare((OptimizerState)state, parameter, steps, _hasMomentum);
        }
    }

    /// <summary>Differentiates a loss, clips, and updates.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="differentiated">Called before anything is clipped.</param>
    public void Step(Tensor loss, Action<Clipping> differentiated)
    {
        ZeroGradients();
        loss.backward();
        _network.MaskGradients();
        differentiated(_clipping);
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
        Steps++;
    }

    public void Dispose() => _optimizer.Dispose();
}
