using TorchSharp;
using static TorchSharp.torch;

namespace RnnCompare.Testing.Functions;

/// <summary>Something that computes a tensor from others, in either precision.</summary>
internal interface ISubject
{
    /// <summary>The precision that it is checked in.</summary>
    ScalarType Precision { get; }

    /// <summary>Runs an action on the same computation in a precision.</summary>
    /// <param name="precision">float32 or float64.</param>
    /// <param name="action">Given the computation, whose leaves it may move; they are put back.</param>
    void In(ScalarType precision, Action<Computation> action);
}

/// <summary>A computation whose result depends on the values that its leaves have now.</summary>
/// <param name="Leaves">The tensors that it is differentiated with respect to, by name.</param>
/// <param name="Run">Computes the result, as a part of the graph.</param>
internal sealed record Computation(IReadOnlyList<(string Name, Tensor Values)> Leaves, Func<Tensor> Run);

/// <summary>A function of tensors.</summary>
/// <param name="function">The function.</param>
/// <param name="inputs">Its inputs.</param>
internal sealed class FunctionSubject(Func<IReadOnlyList<Tensor>, Tensor> function, IReadOnlyList<Tensor> inputs) : ISubject
{
    public ScalarType Precision => Precisions.Of(inputs);

    public void In(ScalarType precision, Action<Computation> action)
    {
        using var scope = NewDisposeScope();
        Tensor[] leaves = [.. inputs.Select(input => Precisions.IsReal(input) ? input.detach().to_type(precision, copy: true).requires_grad_() : input)];
        action(new([.. leaves.Select((leaf, i) => ($"input {i}", leaf)).Where(entry => Precisions.IsReal(entry.leaf))], () => function(leaves)));
    }
}

/// <summary>A module, with its parameters and its input.</summary>
/// <param name="module">The module.</param>
/// <param name="input">Its input.</param>
internal sealed class ModuleSubject(nn.Module<Tensor, Tensor> module, Tensor input) : ISubject
{
    public ScalarType Precision => Precisions.Of([.. module.parameters(), input]);

    public void In(ScalarType precision, Action<Computation> action)
    {
        using var scope = NewDisposeScope();
        var (own, isTraining) = (Precision, module.training);
        try
        {
            module.to(precision);
            var x = Precisions.IsReal(input) ? input.detach().to_type(precision, copy: true).requires_grad_() : input;
            var leaves = module.named_parameters().Where(entry => entry.parameter.requires_grad).Select(entry => (entry.name, (Tensor)entry.parameter));
            action(new([.. leaves, .. Precisions.IsReal(x) ? [("input", x)] : Array.Empty<(string, Tensor)>()], () => module.call(x)));
        }
        finally
        {
            module.zero_grad();
            module.to(own);
            module.train(isTraining);
        }
    }
}

/// <summary>The element types of what is differentiated.</summary>
internal static class Precisions
{
    public static bool IsReal(Tensor tensor) => tensor.dtype is ScalarType.Float32 or ScalarType.Float64;

    /// <summary>The lowest precision among some tensors.</summary>
    /// <exception cref="ArgumentException">None of them holds real numbers of either precision.</exception>
    public static ScalarType Of(IReadOnlyList<Tensor> tensors)
    {
        Tensor[] real = [.. tensors.Where(IsReal)];
        return real.Length == 0 ? throw new ArgumentException("None of the tensors is float32 or float64: there is nothing to differentiate with respect to.", nameof(tensors))
            : real.Any(tensor => tensor.dtype == ScalarType.Float32) ? ScalarType.Float32
            : ScalarType.Float64;
    }
}
