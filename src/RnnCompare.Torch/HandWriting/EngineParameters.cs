using System.Numerics;
using RnnCompare.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.Torch.HandWriting;

/// <summary>The weights of a hand-written network as parameters of a module, and back.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class EngineParameters<T>
    where T : unmanaged, INumber<T>
{
    private readonly RnnWeights<T> _weights;
    private readonly List<(string Name, Parameter Parameter)> _parameters = [];

    /// <summary>Creates parameters with copies of some of a network's weights.</summary>
    /// <param name="module">Where they are registered; a dot, which separates modules there, becomes an underscore.</param>
    /// <param name="weights">The weights. What is not a parameter stays as it is.</param>
    /// <param name="names">The tensors that become parameters.</param>
    public EngineParameters(nn.Module module, RnnWeights<T> weights, IEnumerable<string> names)
    {
        _weights = weights.Clone();
        foreach (var name in names)
        {
            var parameter = nn.Parameter(TorchArrays.ToTensor(weights[name]));
            module.register_parameter(name.Replace('.', '_'), parameter);
            _parameters.Add((name, parameter));
        }
    }

    /// <summary>The tensors' canonical names, in the order of <see cref="Tensors"/>.</summary>
    public IEnumerable<string> Names => _parameters.Select(entry => entry.Name);

    /// <summary>The parameters.</summary>
    public IReadOnlyList<Tensor> Tensors => [.. _parameters.Select(entry => entry.Parameter)];

    /// <summary>A copy of the weights as the parameters are now.</summary>
    public RnnWeights<T> Read()
    {
        foreach (var (name, parameter) in _parameters)
        {
            TorchArrays.ToArray<T>(parameter).CopyTo(_weights[name].Span);
        }

        return _weights.Clone();
    }
}
