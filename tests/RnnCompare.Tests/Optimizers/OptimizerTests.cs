using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Optimizers;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Tests.Optimizers;

public class OptimizerTests
{
    // 100 weights in tensors of 28, 49, 7, 14 and 2 elements: every lane width and the tail are in use.
    private static readonly RnnSpec Network = new() { Cell = RnnCell.Tanh, InputSize = 4, HiddenSize = 7, OutputSize = 2 };

    public static TheoryData<string> Names => [.. OptimizerSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_MatchesThePlainEquations(string name)
    {
        var spec = OptimizerSamples.All[name];
        Assert.True(MatchesPlain<double>(spec, 1e-14), name);

        // Float weights and states are rounded at each of 100 steps: 100 · 2⁻²⁴ = 6e-6.
        Assert.True(MatchesPlain<float>(spec, 1e-5), name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PlainEquations_NoticeEveryConstant(string name)
    {
        // The comparison above must be able to fail: each constant, changed a little, shows.
        var spec = OptimizerSamples.All[name];
        foreach (var changed in Variants(spec))
        {
            Assert.False(MatchesPlain<double>(spec, 1e-14, changed), $"{name}: {changed}");
        }
    }

    // The weights 0, 33, 66 and 99 after 100 steps, computed by the optimizers of libtorch 1.13.1 in float64.
    public static TheoryData<string, double[]> Libtorch => new()
    {
        { "sgd", [0.69489736249670409, -0.72590746853731825, 0.075343706523358367, 0.33873278507962801] },
        { "sgd decay", [0.61916257119316431, -0.59420383790381759, 0.061683824951225812, 0.2758557979158327] },
        { "sgd momentum", [2.6341437705148132, -0.7259115379992046, 0.07587099820004696, 0.28569416300297074] },
        { "sgd dampening", [1.0701519091842662, -0.61241931167114261, 0.063691577138427838, 0.2743031655877553] },
        { "sgd nesterov", [2.249303734119942, -0.45028163604502458, 0.047179884580835808, 0.15769832021404306] },
        { "adagrad", [0.40257839233638076, -1.3431581023024648, 0.36161668750196907, 0.30064693810406895] },
        { "adagrad decays", [0.33553390721901016, -0.08592904632446767, 7.5728784353699778e-06, 0.13238250149941591] },
        { "adagrad start", [0.36783093212389756, -0.72590794393727853, 0.075401774084559545, 0.33449874016031217] },
        { "rmsprop", [0.63739908162221115, -1.8591213135964428, 0.67662692753422315, 0.23620440593282685] },
        { "rmsprop momentum", [0.67138304446920982, 0.0001390221220623424, -0.015720293413927066, -0.13982181560604409] },
        { "rmsprop centered", [0.3226426822050929, -0.72602159545475009, 0.088036311655949592, 0.30461250008307827] },
        { "rmsprop all", [0.57781981351090761, -8.4120505271189201e-05, -0.012530508511915648, -0.055651452056888498] },
        { "adam", [0.75370422581040486, -1.9328716261139247, 0.72827765788582166, 0.04971962768266721] },
        { "adam decay", [0.3842090414933676, 0.00022567284710241906, -0.0012968718811543515, 0.009576906934551389] },
        { "adam amsgrad", [0.69954800735995437, -1.8535300649429309, 0.69347958436904855, 0.084933454182841622] },
        { "adamw", [0.73001969322841831, -1.8581240003125907, 0.70380750585560126, 0.038623773589217598] },
        { "adamw amsgrad", [0.34451104881903188, -0.6154482999149854, 0.2683586127712479, 0.18996437286388085] },
    };

    [Theory]
    [MemberData(nameof(Libtorch))]
    public void Step_MatchesLibtorch(string name, double[] expected)
    {
        var draws = new Draws();
        var weights = new RnnWeights<double>(Network);
        Fill(weights, _ => draws.Next());
        var optimizer = Optimizer<double>.Create(OptimizerSamples.All[name], Network);
        for (var step = 0; step < 100; step++)
        {
            optimizer.Step(weights, draws.Gradients<double>(step));
        }

        var all = Flat(weights);
        double[] actual = [all[0], all[33], all[66], all[99]];
        for (var i = 0; i < actual.Length; i++)
        {
            // Of the size that these weights have, about 1.
            Assert.True(Math.Abs(actual[i] - expected[i]) < 1e-13, $"{name}, weight {33 * i}: manual {actual[i]:R}, libtorch {expected[i]:R}");
        }
    }

    [Fact]
    public void Libtorch_HasEverySample() => Assert.Equal(OptimizerSamples.All.Keys, Libtorch.Select(row => row.Data.Item1));

    [Fact]
    public void Step_LeavesGradientsAndRefusesOtherShapes()
    {
        var gradients = Samples.Weights<double>(Network, seed: 1);
        var before = Flat(gradients);
        var optimizer = Optimizer<double>.Create(new AdamSpec(), Network);
        optimizer.Step(Samples.Weights<double>(Network, seed: 2), gradients);
        Assert.Equal(before, Flat(gradients));

        var other = Samples.Weights<double>(Network with { HiddenSize = 3 }, seed: 1);
        var refused = Assert.Throws<ArgumentException>(() => optimizer.Step(gradients, other));
        Assert.StartsWith("Wxh is (3, 4), but this network has Wxh of (7, 4).", refused.Message, StringComparison.Ordinal);
    }

    // Compares after each of 100 steps, with gradients from 1e-8 to 1 and exact zeros, and a learning rate that changes.
    private static bool MatchesPlain<T>(OptimizerSpec spec, double tolerance, OptimizerSpec? plainSpec = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var draws = new Draws();
        var weights = new RnnWeights<T>(Network);
        Fill(weights, _ => T.CreateChecked(draws.Next()));
        var optimizer = Optimizer<T>.Create(spec, Network);
        var expected = Flat(weights);
        var plain = new PlainOptimizer(plainSpec ?? spec, expected.Length);
        for (var step = 0; step < 100; step++)
        {
            var rate = (plainSpec ?? spec).LearningRate;
            if (step >= 50)
            {
                rate /= 3;
                optimizer.LearningRate = spec.LearningRate / 3;
            }

            var gradients = draws.Gradients<T>(step);
            optimizer.Step(weights, gradients);
            plain.Step(expected, Flat(gradients), rate);
            var size = Math.Sqrt(expected.Sum(w => w * w));
            var difference = Math.Sqrt(Flat(weights).Zip(expected, (a, e) => (a - e) * (a - e)).Sum());
            if (!(difference <= tolerance * size))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<OptimizerSpec> Variants(OptimizerSpec spec)
    {
        yield return spec with { LearningRate = spec.LearningRate * 1.0001 };
        yield return spec with { WeightDecay = spec.WeightDecay + 1e-6 };
        switch (spec)
        {
            case SgdSpec sgd:
                yield return sgd with { Momentum = sgd.Momentum + 1e-6 };
                if (sgd.Momentum > 0)
                {
                    yield return sgd with { Dampening = sgd.Dampening + 1e-6 };
                    yield return sgd with { Nesterov = !sgd.Nesterov };
                }

                break;
            case AdagradSpec adagrad:
                yield return adagrad with { LearningRateDecay = adagrad.LearningRateDecay + 1e-6 };
                yield return adagrad with { InitialAccumulator = adagrad.InitialAccumulator + 1e-6 };
                yield return adagrad with { Epsilon = adagrad.Epsilon + 1e-6 };
                break;
            case RmsPropSpec rmsProp:
                yield return rmsProp with { Alpha = rmsProp.Alpha - 1e-6 };
                yield return rmsProp with { Epsilon = rmsProp.Epsilon + 1e-6 };
                yield return rmsProp with { Momentum = rmsProp.Momentum + 1e-6 };
                yield return rmsProp with { Centered = !rmsProp.Centered };
                break;
            case AdaptiveMomentSpec adam:
                yield return adam with { Beta1 = adam.Beta1 - 1e-6 };
                yield return adam with { Beta2 = adam.Beta2 - 1e-6 };
                yield return adam with { Epsilon = adam.Epsilon + 1e-6 };
                yield return adam with { AmsGrad = !adam.AmsGrad };
                break;
        }
    }

    private static void Fill<T>(RnnWeights<T> weights, Func<int, T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var i = 0;
        foreach (var tensor in weights.Tensors)
        {
            foreach (ref var element in tensor.Values.Span)
            {
                element = value(i++);
            }
        }
    }

    private static double[] Flat<T>(RnnWeights<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return [.. weights.Tensors.SelectMany(tensor => tensor.Values.Data).Select(double.CreateChecked)];
    }

    /// <summary>Numbers in [−1, 1) that any language draws alike: a linear congruential generator modulo 2³¹.</summary>
    private sealed class Draws
    {
        private ulong _state = 7;

        public double Next()
        {
            _state = ((1103515245 * _state) + 12345) % 2147483648;
            return (_state / 1073741824.0) - 1;
        }

        public RnnWeights<T> Gradients<T>(int step)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var gradients = new RnnWeights<T>(Network);
            Fill(gradients, i => i % 4 == 3 && step % 3 == 0 ? T.Zero : T.CreateChecked(double.ScaleB(Next(), i % 7 * -4)));
            return gradients;
        }
    }
}
