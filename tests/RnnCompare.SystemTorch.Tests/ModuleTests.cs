using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.SystemTorch.Tests;

public class ModuleTests
{
    [Fact]
    public void Components_AreNamedByTheirFields()
    {
        using var network = new Network();
        Assert.Equal(["scale", "hidden.weight", "hidden.bias"], network.named_parameters().Select(own => own.name));
        Assert.Equal(["scale"], network.named_parameters(recurse: false).Select(own => own.name));
        Assert.Equal(3, network.parameters().Count());
    }

    [Fact]
    public void Names_AreGivenOnce()
    {
        using var network = new Network();
        using Parameter other = new(from_array(new double[] { 1 }));
        Assert.Throws<InvalidOperationException>(() => network.register_parameter("scale", other));
    }

    [Fact]
    public void Training_ReachesSubmodules()
    {
        using var network = new Network();
        network.eval();
        Assert.False(network.named_children().Single().module.training);
        network.train();
        Assert.True(network.named_children().Single().module.training);
    }

    [Fact]
    public void ZeroGrad_TakesGradientsAwayOrFillsThemWithZeros()
    {
        using var scope = NewDisposeScope();
        using var network = new Network();
        network.call(from_array(new double[,] { { 1, 2 } })).sum().backward();
        network.zero_grad(set_to_none: false);
        Assert.All(network.parameters(), parameter => Assert.Equal(0, parameter.grad!.norm().item<double>()));
        network.zero_grad();
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Linear_ReplacesItsParametersInPlace()
    {
        using var linear = nn.Linear(2, 1, dtype: float64);
        Parameter old = linear.weight;
        linear.weight = new Parameter(from_array(new double[,] { { 10, 100 } }));
        Assert.True(old.IsInvalid);
        linear.bias = null;
        Assert.Equal(["weight"], linear.named_parameters().Select(own => own.name));
        using Tensor x = from_array(new double[,] { { 1, 2 } }), y = linear.call(x);
        Assert.Equal(210, y.item<double>());
    }

    [Fact]
    public void Dispose_ReachesEveryParameter()
    {
        long live = Values.LiveTensorsAfterCollection();
        new Network().Dispose();
        Assert.Equal(live, SystemLibrary.LiveTensors);
    }

    private sealed class Network : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter scale = new(from_array(new double[] { 2, 3, 4 }));
        private readonly Linear hidden = nn.Linear(2, 3, dtype: float64);

        public Network() : base(nameof(Network)) => RegisterComponents();

        public override Tensor forward(Tensor input) => hidden.call(input) * scale;
    }
}
