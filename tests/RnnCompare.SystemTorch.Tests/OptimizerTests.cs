using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.SystemTorch.Tests;

/// <summary>Each optimizer against the published formula in plain numbers, over 100 steps of changing gradients.</summary>
public class OptimizerTests
{
    private const int Steps = 100;

    public delegate double Formula(int step, double parameter, double gradient, Dictionary<string, double> state);

    public static TheoryData<string> Cases => [.. Optimizers.Keys];

    private static readonly Dictionary<string, (Func<Parameter, optim.Optimizer> Create, Formula Update)> Optimizers = new()
    {
        ["sgd"] = (p => optim.SGD([p], 0.1), (_, w, g, _) => w - (0.1 * g)),
        ["sgd, momentum, dampening, decay"] = (
            p => optim.SGD([p], 0.1, momentum: 0.9, dampening: 0.2, weight_decay: 0.01),
            (step, w, g, s) => w - (0.1 * (s["m"] = step == 1 ? g + (0.01 * w) : (0.9 * s["m"]) + (0.8 * (g + (0.01 * w)))))),
        ["sgd, nesterov"] = (
            p => optim.SGD([("w", p)], 0.1, momentum: 0.9, nesterov: true),
            (step, w, g, s) => w - (0.1 * (g + (0.9 * (s["m"] = step == 1 ? g : (0.9 * s["m"]) + g))))),
        ["sgd, maximize, decay"] = (p => optim.SGD([p], 0.1, weight_decay: 0.01, maximize: true), (_, w, g, _) => w - (0.1 * (-g + (0.01 * w)))),
        ["adagrad"] = (
            p => optim.Adagrad([p], 0.1, lr_decay: 0.05, weight_decay: 0.01, initial_accumulator_value: 0.3, eps: 1e-8),
            (step, w, g, s) =>
            {
                g += 0.01 * w;
                s["sum"] = s.GetValueOrDefault("sum", 0.3) + (g * g);
                return w - (0.1 / (1 + ((step - 1) * 0.05)) * g / (Math.Sqrt(s["sum"]) + 1e-8));
            }
        ),
        ["rmsprop"] = (
            p => optim.RMSProp([p], 0.02, alpha: 0.9),
            (_, w, g, s) => w - (0.02 * g / (Math.Sqrt(Average(s, "v", 0.9, g * g)) + 1e-8))),
        ["rmsprop, centered, momentum, decay, maximize"] = (
            p => optim.RMSProp([p], 0.02, alpha: 0.9, weight_decay: 0.01, momentum: 0.8, centered: true, maximize: true),
            (_, w, g, s) =>
            {
                g = -g + (0.01 * w);
                double v = Average(s, "v", 0.9, g * g), mean = Average(s, "g", 0.9, g);
                s["m"] = (0.8 * s.GetValueOrDefault("m")) + (g / (Math.Sqrt(v - (mean * mean)) + 1e-8));
                return w - (0.02 * s["m"]);
            }
        ),
        ["adam"] = (p => optim.Adam([p], 0.05, weight_decay: 0.01), (step, w, g, s) => AdamStep(step, w, g + (0.01 * w), s, false)),
        ["adam, amsgrad, maximize"] = (
            p => optim.Adam([p], 0.05, amsgrad: true, maximize: true), (step, w, g, s) => AdamStep(step, w, -g, s, true)),
        ["adamw"] = (
            p => optim.AdamW([p], 0.05, weight_decay: 0.1),
            (step, w, g, s) => AdamStep(step, w * (1 - (0.05 * 0.1)), g, s, false)),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Optimizers_FollowTheirFormula(string name)
    {
        using var scope = NewDisposeScope();
        var random = new Random(17);
        double[] expected = [0.5, -1.5, 2];
        Parameter parameter = new(from_array((double[])expected.Clone()));
        var states = expected.Select(_ => new Dictionary<string, double>()).ToArray();
        using optim.Optimizer optimizer = Optimizers[name].Create(parameter);
        for (int step = 1; step <= Steps; step++)
        {
            var gradient = new double[expected.Length];
            for (int i = 0; i < gradient.Length; i++)
            {
                gradient[i] = random.NextDouble() - 0.3;
                expected[i] = Optimizers[name].Update(step, expected[i], gradient[i], states[i]);
            }

            parameter.grad = from_array(gradient);
            optimizer.step();
        }

        Values.AssertClose(from_array(expected), parameter.detach());
    }

    [Fact]
    public void Groups_HaveRatesOfTheirOwn()
    {
        using var scope = NewDisposeScope();
        Parameter slow = new(from_array(new double[] { 1 })), fast = new(from_array(new double[] { 1 }));
        using SGD optimizer = optim.SGD([new SGD.ParamGroup([slow], lr: 0.01), new SGD.ParamGroup { Parameters = [fast] }], 0.1);
        slow.grad = from_array(new double[] { 1 });
        fast.grad = from_array(new double[] { 1 });
        optimizer.step();
        Assert.Equal((0.99, 0.9), (slow.item<double>(), fast.item<double>()));
        foreach (optim.ILearningRateController group in optimizer.ParamGroups) group.LearningRate *= 2;
        optimizer.step();
        Assert.Equal((0.97, 0.7), (Math.Round(slow.item<double>(), 15), Math.Round(fast.item<double>(), 15)));
    }

    [Fact]
    public void ZeroGrad_FillsZerosAndSkipsWhatHasNoGradient()
    {
        using var scope = NewDisposeScope();
        Parameter with = new(from_array(new double[] { 1 })), without = new(from_array(new double[] { 1 }));
        using SGD optimizer = optim.SGD([with, without], 0.1);
        with.grad = from_array(new double[] { 5 });
        optimizer.zero_grad();
        Assert.Equal(0, with.grad!.item<double>());
        Assert.Null(without.grad);
        optimizer.step();
        Assert.Equal(1, without.item<double>());
    }

    [Fact]
    public void Step_ReturnsWhatTheClosureReturned()
    {
        using var scope = NewDisposeScope();
        Parameter parameter = new(from_array(new double[] { 3 }));
        using SGD optimizer = optim.SGD([parameter], 0.5);
        using IDisposable unrecorded = no_grad();
        Tensor loss = optimizer.step(() =>
        {
            Tensor square = parameter.square().sum();
            square.backward();
            return square;
        });
        Assert.Equal(9, loss.item<double>());
        Assert.Equal(0, parameter.item<double>());
    }

    private static double Average(Dictionary<string, double> state, string name, double keep, double value) =>
        state[name] = (keep * state.GetValueOrDefault(name)) + ((1 - keep) * value);

    private static double AdamStep(int step, double w, double g, Dictionary<string, double> state, bool amsgrad)
    {
        double mean = Average(state, "m", 0.9, g) / (1 - Math.Pow(0.9, step));
        double square = Average(state, "v", 0.999, g * g);
        if (amsgrad) square = state["max"] = Math.Max(state.GetValueOrDefault("max"), square);
        return w - (0.05 * mean / (Math.Sqrt(square / (1 - Math.Pow(0.999, step))) + 1e-8));
    }
}
