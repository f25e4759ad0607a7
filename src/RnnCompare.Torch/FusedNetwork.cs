using RnnCompare.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.Torch;

/// <summary>A fused recurrent layer and nn.Linear.</summary>
internal sealed class FusedNetwork : TorchNetwork
{
    private readonly RnnSpec _spec;
    private readonly FusedLayer _recurrent;
    private readonly Linear _linear;
    private readonly Tensor _identity; // (I, I)
    private readonly List<ParameterPart> _candidateBiases = [];

    public FusedNetwork(RnnSpec spec, ScalarType precision)
        : base("FusedNetwork")
    {
        _spec = spec;
        _recurrent = FusedLayer.Create(spec, precision);
        _linear = nn.Linear(spec.FeatureSize, spec.OutputSize, dtype: precision);
        register_module("recurrent", _recurrent.Module);
        register_module("linear", _linear);
        _identity = eye(spec.InputSize, dtype: precision);
        Parts = [.. FindParts()];
    }

    public override IReadOnlyList<ParameterPart> Parts { get; }

    public override Parameter Why => _linear.weight;

    public override Parameter by => _linear.bias!;

    public override TorchPass Run(TorchInputs inputs, bool keepStates)
    {
        return _recurrent.Run(inputs.Values ?? OneHot(inputs), inputs);
    }

    public override void MaskGradients()
    {
        foreach (var (bias, start, rows) in _candidateBiases)
        {
            bias.grad?.narrow(0, 0, start).fill_(0);
            bias.grad?.narrow(0, start + rows, bias.shape[0] - start - rows).fill_(0);
        }
    }

    public override void LeaveScope()
    {
        base.LeaveScope();
        _identity.DetachFromDisposeScope();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _identity.Dispose();
        }

        base.Dispose(disposing);
    }

    // The fused layers take vectors only.
    private Tensor OneHot(TorchInputs inputs)
    {
        return _identity.index_select(0, inputs.Tokens!).view(inputs.Steps, inputs.BatchSize, _spec.InputSize);
    }

    private IEnumerable<ParameterPart> FindParts()
    {
        var parameters = _recurrent.Module.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter);
        for (var layer = 0; layer < _spec.Layers; layer++)
        {
            for (var direction = 0; direction < _spec.Directions; direction++)
            {
                var suffix = $"_l{layer}{(direction == 1 ? "_reverse" : "")}";
                yield return new(parameters["weight_ih" + suffix]);
                yield return new(parameters["weight_hh" + suffix]);
                yield return new(parameters["bias_ih" + suffix]);

                var bias = parameters["bias_hh" + suffix];
                using (no_grad())
                {
                    bias.fill_(0);
                }

                for (var gate = 0; gate < _spec.Cell.Gates.Count; gate++)
                {
                    if (_spec.Cell.Gates[gate].HasRecurrentBias)
                    {
                        var part = new ParameterPart(bias, (long)gate * _spec.HiddenSize, _spec.HiddenSize);
                        _candidateBiases.Add(part);
                        yield return part;
                    }
                }
            }
        }

        yield return new(_linear.weight);
        yield return new(_linear.bias!);
    }
}
