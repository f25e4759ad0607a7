using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Optimizers;
using RnnCompare.Tests.Shared;
using static TorchSharp.torch;

namespace RnnCompare.Torch.Tests;

/// <summary>The manual optimizers and clipping beside torch's own, on the same gradients.</summary>
public class OptimizerAgreementTests
{
    private static readonly RnnSpec Network = new() { Cell = GruCell.Instance, InputSize = 4, HiddenSize = 7, OutputSize = 1 };

    public static TheoryData<string> Names => [.. OptimizerSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryStep_Agrees(string name)
    {
        RequireAgreement<double>(OptimizerSamples.All[name], 1e-13);

        // Each of 100 steps rounds weights and states to float: 100 · 2⁻²⁴ = 6e-6.
        RequireAgreement<float>(OptimizerSamples.All[name], 1e-5);
    }

    public static TheoryData<Clipping, double> Clippings() => new()
    {
        { Clipping.None, 1 },
        { new Clipping.ByValue(0.1), 1 },
        { new Clipping.ByValue(0.1), double.NaN },
        { new Clipping.ByValue(0.1), double.NegativeInfinity },
        { new Clipping.ByNorm(0.5), 1 },
        { new Clipping.ByNorm(1e9), 1 },
        { new Clipping.ByNorm(0.5), double.NaN },
        { new Clipping.ByNorm(0.5), double.NegativeInfinity },
        { new Clipping.ByNorm(0.5), 1e30 },
    };

    [Theory]
    [MemberData(nameof(Clippings))]
    public void Clipping_Agrees(Clipping clipping, double planted)
    {
        RequireAgreement<double>(clipping, planted, 1e-14);

        // The norm is summed over 267 elements, at worst one after the other.
        RequireAgreement<float>(clipping, planted, 267 * Math.Pow(2, -24));
    }

    private static void RequireAgreement<T>(OptimizerSpec spec, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var scope = NewDisposeScope();
        var weights = Samples.Weights<T>(Network, seed: 1, sigma: 1);
        var torch = new TorchCopy<T>(weights);
        var manual = Optimizer<T>.Create(spec, Network);
        using var optimizer = TorchOptimizers.Create(spec, torch.Parameters);
        for (var step = 0; step < 100; step++)
        {
            if (step == 50)
            {
                manual.LearningRate = spec.LearningRate / 3;
                optimizer.ParamGroups.Single().LearningRate = spec.LearningRate / 3;
            }

            // From 1e-8 to 1, with exact zeros.
            var gradients = Samples.Weights<T>(Network, seed: 100 + step, sigma: Math.Pow(10, -step % 9));
            gradients.Whh.Span[..(step % 40)].Clear();
            torch.Gradients = gradients;
            optimizer.step();
            manual.Step(weights, gradients);
            Agreement.Require(torch.Values, weights, tolerance);
        }
    }

    private static void RequireAgreement<T>(Clipping clipping, double planted, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var scope = NewDisposeScope();
        var gradients = Samples.Weights<T>(Network, seed: 1);
        gradients.Whh.Data[5] = T.CreateTruncating(planted);
        var torch = new TorchCopy<T>(gradients) { Gradients = gradients };
        switch (clipping)
        {
            case Clipping.ByValue(var limit):
                nn.utils.clip_grad_value_(torch.Parameters, limit);
                break;
            case Clipping.ByNorm(var limit):
                nn.utils.clip_grad_norm_(torch.Parameters, limit);
                break;
        }

        GradientClipping.Apply(clipping, gradients);
        foreach (var (expected, actual) in torch.Gradients.Tensors.Zip(gradients.Tensors))
        {
            // NaNs stand in the same places; the rest agrees.
            Assert.Equal(expected.Values.Data.Select(T.IsNaN), actual.Values.Data.Select(T.IsNaN));
            Agreement.Require(expected.Name, Numbers(expected.Values), Numbers(actual.Values), tolerance);
        }

        static NdArray<T> Numbers(NdArray<T> values)
        {
            T[] numbers = [.. values.Data.Where(value => !T.IsNaN(value))];
            return new(numbers, numbers.Length);
        }
    }
}
