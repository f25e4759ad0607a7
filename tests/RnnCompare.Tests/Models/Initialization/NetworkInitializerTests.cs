using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Models.Initialization;

namespace RnnCompare.Tests.Models.Initialization;

public class NetworkInitializerTests
{
    private const int I = 37;
    private const int H = 50;
    private const int O = 41;

    // The standard deviation of Wxh, Whh and Why by the formulas of the papers; whether they are uniform.
    public static TheoryData<string, double, double, double, bool> Deviations() => new()
    {
        { "normal", 0.01, 0.01, 0.01, false },
        { "xavier-uniform", Math.Sqrt(2.0 / (I + H)), Math.Sqrt(2.0 / (H + H)), Math.Sqrt(2.0 / (H + O)), true },
        { "xavier-normal", Math.Sqrt(2.0 / (I + H)), Math.Sqrt(2.0 / (H + H)), Math.Sqrt(2.0 / (H + O)), false },
        { "kaiming-uniform", Math.Sqrt(2.0 / I), Math.Sqrt(2.0 / H), Math.Sqrt(2.0 / H), true },
        { "kaiming-normal", Math.Sqrt(2.0 / I), Math.Sqrt(2.0 / H), Math.Sqrt(2.0 / H), false },
        { "torch", 1 / Math.Sqrt(3 * H), 1 / Math.Sqrt(3 * H), 1 / Math.Sqrt(3 * H), true },
    };

    [Theory]
    [MemberData(nameof(Deviations))]
    public void Weights_HaveTheDeviationsOfTheFormulas(string name, double input, double recurrent, double output, bool uniform)
    {
        foreach (var cell in CellTable.All)
        {
            var weights = Create(name, Spec(cell));
            RequireDistribution(weights.Wxh.Data, input, uniform);
            RequireDistribution(weights.Whh.Data, recurrent, uniform);
            RequireDistribution(weights.Why.Data, output, uniform);
        }
    }

    [Fact]
    public void Torch_DrawsBiasesWithinItsBounds()
    {
        var spec = Spec(GruCell.Instance) with { Layers = 2, Bidirectional = true };
        foreach (var tensor in Create("torch", spec).Tensors)
        {
            var bound = 1 / Math.Sqrt(tensor.Name is "Why" or "by" ? 2 * H : H);
            var largest = tensor.Values.Data.Max(Math.Abs);

            // The largest of at least 41 is below 0.8 of the bound once in 0.8^-41 = 9000 times.
            Assert.InRange(largest, 0.8 * bound, bound);
        }
    }

    [Fact]
    public void OtherNames_LeaveBiasesZero()
    {
        foreach (var name in InitializerTable.All.Keys.Where(name => name != "torch"))
        {
            var weights = Create(name, Spec(GruCell.Instance));
            Assert.All([.. weights.bh.Data, .. weights.Layer(0).bhn!.Data, .. weights.by.Data], value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Identity_FillsEveryRecurrentBlock()
    {
        var weights = Create("identity", Spec(LstmCell.Instance));
        for (var row = 0; row < 4 * H; row++)
        {
            for (var column = 0; column < H; column++)
            {
                Assert.Equal(row % H == column ? 1 : 0, weights.Whh[row, column]);
            }
        }

        RequireDistribution(weights.Wxh.Data, 0.001, uniform: false);
        RequireDistribution(weights.Why.Data, 0.001, uniform: false);
    }

    [Fact]
    public void SquareRules_FillEveryGateOnItsOwn()
    {
        const int Size = 11;
        foreach (var cell in CellTable.All)
        {
            var spec = Spec(cell) with { HiddenSize = Size };
            var orthogonal = Create("orthogonal", spec);
            var named = InitializerTable.Named("spectral-radius");
            var radius = (named with { Recurrent = named.Recurrent with { Scale = 1.25 } }).Create<double>(spec, new(4));
            for (var gate = 0; gate < cell.Gates.Count; gate++)
            {
                OrthogonalInitializerTests.RequireOrthonormalRows(orthogonal.Whh.Cut(gate * Size, (gate + 1) * Size));
                Assert.Equal(1.25, SpectralRadius.Of(radius.Whh.Cut(gate * Size, (gate + 1) * Size)), 1e-12);
            }

            RequireDistribution(orthogonal.Wxh.Data, Math.Sqrt(2.0 / (I + Size)), uniform: true);
            RequireDistribution(radius.Why.Data, Math.Sqrt(2.0 / (Size + O)), uniform: true);
        }
    }

    [Fact]
    public void ForgetBias_ReachesTheForgetGateOfEveryLayer()
    {
        var spec = Spec(LstmCell.Instance) with { Layers = 2, Bidirectional = true };
        var weights = (InitializerTable.Named("normal") with { ForgetBias = 1.5 }).Create<double>(spec, new(1));
        foreach (var tensor in weights.Tensors.Where(tensor => tensor.Name.StartsWith("bh", StringComparison.Ordinal)))
        {
            // Gates are i, f, g, o.
            Assert.Equal(Enumerable.Range(0, 4 * H).Select(row => row / H == 1 ? 1.5 : 0), tensor.Values.Data);
        }

        var refused = Assert.Throws<ArgumentException>(() => (InitializerTable.Named("normal") with { ForgetBias = 1 }).Create<double>(Spec(GruCell.Instance), new(1)));
        Assert.StartsWith("ForgetBias is 1, but the gru cell has no forget gate.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Seeds_DecideEveryBit()
    {
        foreach (var name in InitializerTable.All.Keys)
        {
            foreach (var cell in CellTable.All)
            {
                var spec = Spec(cell) with { InputSize = 3, HiddenSize = 4, OutputSize = 1, Layers = 2, Bidirectional = true };
                var weights = Create(name, spec);
                var single = InitializerTable.Named(name).Create<float>(spec, new(3));
                foreach (var ((again, other), (rounded, tensor)) in Create(name, spec).Tensors.Zip(Create(name, spec, seed: 9).Tensors).Zip(single.Tensors.Zip(weights.Tensors)))
                {
                    Assert.Equal(tensor.Values.Data, again.Values.Data);
                    Assert.Equal(tensor.Values.Data.Select(value => (float)value), rounded.Values.Data);
                    var drawn = tensor.Values.Data.Any(value => value is not (0 or 1));
                    Assert.Equal(drawn, !tensor.Values.Data.SequenceEqual(other.Values.Data));
                }
            }
        }
    }

    [Fact]
    public void Draws_AreMadeInTheOrderOfTheTensors()
    {
        var spec = Spec(LstmCell.Instance) with { InputSize = 2, HiddenSize = 3, OutputSize = 1 };
        var weights = Create("torch", spec, seed: 5);
        var random = new Random(5);
        var drawn = weights.Tensors.SelectMany(tensor => tensor.Values.Data).Select(_ => ((2 * random.NextDouble()) - 1) / Math.Sqrt(3)).ToArray();
        Assert.All(weights.Tensors.SelectMany(tensor => tensor.Values.Data).Zip(drawn), pair => Assert.Equal(pair.Second, pair.First, 1e-15));
    }

    [Fact]
    public void Rules_ThatCannotFillABlockAreRefused()
    {
        var initializer = InitializerTable.Named("normal") with { Input = new SpectralRadiusInitializer() };
        var refused = Assert.Throws<ArgumentException>(() => initializer.Create<double>(Spec(RnnCell.Tanh), new(1)));
        Assert.StartsWith("Only a square matrix has a spectral radius, but this one has 50 rows and 37 columns.", refused.Message, StringComparison.Ordinal);

        var scale = Assert.Throws<ArgumentOutOfRangeException>(() => new NormalInitializer { Scale = double.NaN });
        Assert.StartsWith("Scale is NaN, but must be finite.", scale.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_UnknownAreRefusedWithThoseThatExist()
    {
        var refused = Assert.Throws<ArgumentException>(() => InitializerTable.Named("xavier"));
        Assert.StartsWith(
            "Unknown initializer 'xavier'; known: normal, xavier-uniform, xavier-normal, kaiming-uniform, kaiming-normal, torch, orthogonal, identity, spectral-radius.",
            refused.Message,
            StringComparison.Ordinal);
    }

    private static RnnSpec Spec(RecurrentCell cell) => new() { Cell = cell, InputSize = I, HiddenSize = H, OutputSize = O };

    private static RnnWeights<double> Create(string name, RnnSpec spec, int seed = 3) => InitializerTable.Named(name).Create<double>(spec, new(seed));

    // Mean, variance and kurtosis lie within five standard errors of n draws.
    private static void RequireDistribution(double[] values, double deviation, bool uniform)
    {
        var n = values.Length;
        var z = values.Select(value => value / deviation).ToArray();

        // The means of x⁴ and x⁸, for the uniform distribution over ±√3 and for the normal one.
        var (fourth, eighth) = uniform ? (9.0 / 5, 9.0) : (3.0, 105.0);
        Assert.Equal(0, z.Average(), 5 / Math.Sqrt(n));
        Assert.Equal(1, z.Average(x => x * x), 5 * Math.Sqrt((fourth - 1) / n));
        Assert.Equal(fourth, z.Average(x => x * x * x * x), 5 * Math.Sqrt((eighth - (fourth * fourth)) / n));
        if (uniform)
        {
            Assert.InRange(z.Max(Math.Abs), 0.98 * Math.Sqrt(3), Math.Sqrt(3) * (1 + 1e-15));
        }
    }
}
