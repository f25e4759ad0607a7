using RnnCompare.Torch.HandWriting;
using TorchSharp;
using Xunit.Sdk;
using static TorchSharp.torch;

namespace RnnCompare.Testing.Tests;

public class TorchGradientAssertTests
{
    public static TheoryData<ScalarType> Precisions => [ScalarType.Float32, ScalarType.Float64];

    [Theory]
    [MemberData(nameof(Precisions))]
    public void Agrees_PassesAFunctionOfTorch(ScalarType precision)
    {
        GradientAssert.Agrees(inputs => (inputs[0].mm(inputs[1]).tanh() * inputs[2]).square(), Values(precision, 1, 3, 4), Values(precision, 2, 4, 2), Values(precision, 3));
    }

    [Theory]
    [InlineData(ScalarType.Float32, "lstm")]
    [InlineData(ScalarType.Float64, "lstm")]
    [InlineData(ScalarType.Float32, "linear")]
    [InlineData(ScalarType.Float64, "relu")]
    public void Agrees_PassesAModule_AndLeavesItAsItWas(ScalarType precision, string kind)
    {
        using var module = Module(kind, precision);
        var before = module.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.detach().clone());

        GradientAssert.Agrees(module, Values(precision, 4, 5, 2, 3));

        Assert.All(module.named_parameters(), entry => Assert.Equal((precision, true), (entry.parameter.dtype, entry.parameter.Equals(before[entry.name]))));
    }

    // Functions with one mistake each in their backward pass; the message says which input, and what is known of the mistake.
    [Theory]
    [InlineData("transposed", "input 1[", "(the right gradient, transposed)")]
    [InlineData("twice", "input 1[", "(2 times the right gradient)")]
    [InlineData("sign", "input 1[", "(-1 times the right gradient)")]
    [InlineData("missing", "input 1[", "(no gradient arrives)")]
    [InlineData("one element", "input 1[1,2]: backward ", "central differences ")]
    [InlineData("derivative", "input 0[", "central differences ")]
    public void Agrees_NamesAPlantedMistake(string mistake, string where, string what)
    {
        foreach (var precision in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var error = Assert.Throws<XunitException>(() => GradientAssert.Agrees(
                inputs => WrongProduct(inputs[0], inputs[1], mistake), Values(precision, 1, 2, 3), Values(precision, 2, 3, 3)));

            Assert.Contains(where, error.Message, StringComparison.Ordinal);
            Assert.Contains(what, error.Message, StringComparison.Ordinal);
        }
    }

    // Less than any common tolerance sees, and 40 times what these differences leave open.
    [Fact]
    public void Agrees_SeesAnErrorOfOnePartInAHundredMillion()
    {
        var error = Assert.Throws<XunitException>(() => GradientAssert.Agrees(inputs => WrongProduct(inputs[0], inputs[1], "slight"), Values(ScalarType.Float64, 1, 2, 3), Values(ScalarType.Float64, 2, 3, 3)));
        Assert.Contains("times the right gradient)", error.Message, StringComparison.Ordinal);
    }

    // The mistake is made in float32 only, where central differences alone could not tell it from rounding.
    [Fact]
    public void Agrees_AsksTheTwinOfAFloat32Function()
    {
        var error = Assert.Throws<XunitException>(() => GradientAssert.Agrees(
            inputs => WrongProduct(inputs[0], inputs[1], inputs[0].dtype == ScalarType.Float32 ? "float32" : "none"), Values(ScalarType.Float32, 1, 2, 3), Values(ScalarType.Float32, 2, 3, 3)));

        Assert.Contains("float32 ", error.Message, StringComparison.Ordinal);
        Assert.Contains("the one in float64 ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Agrees_RefusesWhatIsRandom()
    {
        var error = Assert.Throws<XunitException>(() => GradientAssert.Agrees(inputs => nn.functional.dropout(inputs[0], 0.5), Values(ScalarType.Float64, 1, 40)));
        Assert.StartsWith("The function is not the same at every call", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Agrees_HandsOnWholeNumbers()
    {
        GradientAssert.Agrees(inputs => inputs[0].index_select(0, inputs[1]) * 2, Values(ScalarType.Float64, 1, 4, 2), tensor(new long[] { 3, 0, 3 }));
        Assert.Throws<ArgumentException>(() => GradientAssert.Agrees(inputs => inputs[0] * 2, tensor(new long[] { 3, 0, 3 })));
    }

    // More elements than are looked at one by one, and a mistake in one that is not among them.
    [Fact]
    public void Agrees_SeesAMistakeAmongManyElements()
    {
        var values = Values(ScalarType.Float64, 1, 40, 30);
        GradientAssert.Agrees(inputs => inputs[0].sin(), values);
        for (var element = 0; element < 1200; element += 171)
        {
            var wrong = element;
            Assert.Throws<XunitException>(() => GradientAssert.Agrees(inputs => HandWrittenFunction.Apply(inputs, given => new(
                [given[0].sin()],
                gradients =>
                {
                    var gradient = (given[0].cos() * gradients[0]).clone();
                    gradient.view(-1)[wrong] = 7;
                    return [gradient];
                }))[0], values));
        }
    }

    private static Tensor WrongProduct(Tensor a, Tensor b, string mistake)
    {
        return HandWrittenFunction.Apply([a, b], inputs =>
        {
            var (x, y) = (inputs[0].detach(), inputs[1].detach());
            var product = x.mm(y).tanh();
            return new([product], gradients =>
            {
                var dz = mistake == "derivative" ? gradients[0] : gradients[0] * (1 - (product * product));
                var dy = x.t().mm(dz);
                switch (mistake)
                {
                    case "transposed": dy = dy.t().contiguous(); break;
                    case "twice": dy *= 2; break;
                    case "sign": dy = -dy; break;
                    case "missing": return [dz.mm(y.t()), null];
                    case "one element": dy[1, 2] *= 1.01; break;
                    case "slight": dy *= 1 + 1e-8; break;
                    case "float32": dy *= 1 + 1e-4; break;
                }

                return [dz.mm(y.t()), dy];
            });
        })[0];
    }

    private static nn.Module<Tensor, Tensor> Module(string kind, ScalarType precision)
    {
        manual_seed(5);
        return kind switch
        {
            "lstm" => new LastOutput(precision),
            "linear" => nn.Sequential(("first", nn.Linear(3, 4, dtype: precision)), ("tanh", nn.Tanh()), ("second", nn.Linear(4, 2, dtype: precision))),
            _ => nn.Sequential(("first", nn.Linear(3, 6, dtype: precision)), ("relu", nn.ReLU()), ("second", nn.Linear(6, 2, dtype: precision))),
        };
    }

    private static Tensor Values(ScalarType precision, int seed, params long[] shape)
    {
        using var generator = new Generator((ulong)seed);
        return randn(shape, dtype: precision, generator: generator);
    }

    private sealed class LastOutput : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.LSTM lstm;

        public LastOutput(ScalarType precision)
            : base(nameof(LastOutput))
        {
            lstm = nn.LSTM(3, 2, dtype: precision);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var state = zeros(1, input.shape[1], 2, dtype: input.dtype);
            return lstm.call(input, (state, state)).Item1[-1];
        }
    }
}
