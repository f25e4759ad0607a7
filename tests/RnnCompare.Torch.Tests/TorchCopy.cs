using System.Numerics;
using RnnCompare.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.Torch.Tests;

/// <summary>The weights of a network once more as parameters, with gradients that a test sets.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class TorchCopy<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RnnSpec _spec;

    public TorchCopy(RnnWeights<T> weights)
    {
        _spec = weights.Spec;
        Parameters = [.. weights.Tensors.Select(tensor => nn.Parameter(TorchArrays.ToTensor(tensor.Values)))];
    }

    public Parameter[] Parameters { get; }

    public RnnWeights<T> Values => Read(parameter => parameter);

    public RnnWeights<T> Gradients
    {
        get => Read(parameter => parameter.grad!);
        set
        {
            foreach (var (parameter, gradient) in Parameters.Zip(value.Tensors))
            {
                parameter.grad = TorchArrays.ToTensor(gradient.Values);
            }
        }
    }

    private RnnWeights<T> Read(Func<Parameter, Tensor> select)
    {
        var result = new RnnWeights<T>(_spec);
        foreach (var (tensor, parameter) in result.Tensors.Zip(Parameters))
        {
            TorchArrays.ToArray<T>(select(parameter)).CopyTo(tensor.Values.Data, 0);
        }

        return result;
    }
}
