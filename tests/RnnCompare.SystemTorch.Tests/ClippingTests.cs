using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.SystemTorch.Tests;

public class ClippingTests
{
    [Fact]
    public void ClipByNorm_ScalesAllGradientsTogether()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = WithGradients([3, 0], [4]);
        Assert.Equal(5, nn.utils.clip_grad_norm_(parameters, 2));
        Assert.Equal([3 * (2 / (5 + 1e-6)), 0], Values.Of(parameters[0].grad!));
        Assert.Equal([4 * (2 / (5 + 1e-6))], Values.Of(parameters[1].grad!));
    }

    [Fact]
    public void ClipByNorm_LeavesSmallGradientsAlone()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = WithGradients([3, 0], [4]);
        Assert.Equal(5, nn.utils.clip_grad_norm_(parameters, 6));
        Assert.Equal([3, 0], Values.Of(parameters[0].grad!));
        Assert.Equal(0, nn.utils.clip_grad_norm_([Values.Parameter(new Random(1), 2)], 1));
    }

    [Fact]
    public void ClipByNorm_TakesOtherNorms()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(7, nn.utils.clip_grad_norm_(WithGradients([3, 0], [-4]), 1, norm_type: 1));
        Assert.Equal(4, nn.utils.clip_grad_norm_(WithGradients([3, 0], [-4]), 1, norm_type: double.PositiveInfinity));
    }

    [Fact]
    public void ClipByValue_LimitsEveryElement()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = WithGradients([3, -0.5], [-4]);
        nn.utils.clip_grad_value_(parameters, 1);
        Assert.Equal([1, -0.5], Values.Of(parameters[0].grad!));
        Assert.Equal([-1], Values.Of(parameters[1].grad!));
    }

    private static Parameter[] WithGradients(params double[][] gradients) => Array.ConvertAll(gradients, gradient =>
    {
        Parameter parameter = new(from_array(new double[gradient.Length]));
        parameter.grad = from_array(gradient);
        return parameter;
    });
}
