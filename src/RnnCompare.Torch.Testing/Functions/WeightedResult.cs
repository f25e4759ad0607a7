using RnnCompare.Numerics.RandomNumbers;
using RnnCompare.Torch.HandWriting;
using static TorchSharp.torch;

namespace RnnCompare.Testing.Functions;

/// <summary>A computation's result, weighted at random and summed: one number whose gradients see every part of the result.</summary>
/// <param name="computation">The computation.</param>
internal sealed class WeightedResult(Computation computation)
{
    private const int Seed = 20_240_607;

    private double[]? _weights;

    /// <summary>The sum of the magnitudes of the summands of the last value: the scale of its rounding errors.</summary>
    public double Scale { get; private set; }

    /// <summary>The number, in float64.</summary>
    public double Value()
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var summands = Summands();
        Scale = summands.abs().sum().item<double>();
        return summands.sum().item<double>();
    }

    /// <summary>Its gradients by backward, one for each leaf; zeros where none arrives.</summary>
    public IReadOnlyList<double[]> Gradients()
    {
        using var scope = NewDisposeScope();
        foreach (var (_, leaf) in computation.Leaves)
        {
            leaf.grad = null;
        }

        var sum = Summands().sum();
        if (sum.requires_grad)
        {
            HandWrittenFunction.Backward(sum);
        }

        return [.. computation.Leaves.Select(leaf => leaf.Values.grad is { IsInvalid: false } gradient ? Doubles(gradient) : new double[leaf.Values.numel()])];
    }

    /// <summary>The values of a tensor in row-major order.</summary>
    public static double[] Doubles(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return [.. tensor.detach().to_type(ScalarType.Float64).reshape(-1).data<double>()];
    }

    private Tensor Summands()
    {
        var result = computation.Run().to_type(ScalarType.Float64);
        _weights ??= Weights((int)result.numel());
        return result * tensor(_weights).reshape(result.shape);
    }

    private static double[] Weights(int count)
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
    }
}
