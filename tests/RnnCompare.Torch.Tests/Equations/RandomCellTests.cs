using FsCheck;
using FsCheck.Fluent;
using RnnCompare.Checking.Comparison;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Equations;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Running;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Torch.Tests.Equations;

/// <summary>For random cells the derived backward pass, autograd through a walk over the same equations, and central differences agree; a wrong rule of derivation shows.</summary>
public class RandomCellTests
{
    // What rounding in another order leaves of a gradient, against the largest of all.
    private const double Rounding = 1e-9;
    private const double Vanishing = 1e-4;

    // States beyond this amplify rounding.
    private const double Explodes = 1e3;

    /// <summary>Rules that a derivation may get wrong, each as an edit of derived statements.</summary>
    public static TheoryData<string> WrongRules => [.. Rules.Keys];

    private static readonly Dictionary<string, Func<Expression, Expression?>> Rules = new()
    {
        ["tanh: 1 − v in place of 1 − v²"] = part => part is Sum { Terms: [{ Value: Number { Value: 1 } }, { IsNegative: true, Value: Power { Exponent: 2 } square }] } ? new Sum([new(new Number(1)), new(square.Base, true)]) : null,
        ["sigmoid: v in place of v(1 − v)"] = part => part is Times times && times.Factors[^1] is Sum { Terms: [{ Value: Number { Value: 1 } }, { IsNegative: true, Value: Reference }] } ? Without(times, times.Factors.Count - 1) : null,
        ["power: the exponent is lost"] = part => part is Times times && times.Factors[0] is Number { Value: 2 or 3 } ? Without(times, 0) : null,
        ["mean: not divided"] = part => part is Quotient { Denominator: Size } mean ? mean.Numerator : null,
        ["difference: the sign is lost"] = part => part is Sum { Terms: [{ IsNegative: true } term] } ? term.Value : null,
        ["sum over elements: the first alone"] = part => part is FeatureSum { IsMean: false } sum ? new FeatureSum(sum.Operand, IsMean: true) : null,
    };

    [Fact]
    public void Derived_IsAutogradIsCentralDifferences()
    {
        Prop.ForAll(RandomCell.Arbitrary, cell => Require(cell, null)).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20_261_124, 15));
    }

    [Theory]
    [MemberData(nameof(WrongRules))]
    public void WrongRule_IsCaughtAndShrunkToAFewLines(string rule)
    {
        var error = Record.Exception(() => Prop.ForAll(RandomCell.Arbitrary, cell => Require(cell, Rules[rule])).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20_261_124, 15)));
        Assert.NotNull(error);
        var shrunk = error.Message[error.Message.IndexOf("Shrunk", StringComparison.Ordinal)..];
        var cell = shrunk[shrunk.IndexOf("cell random", StringComparison.Ordinal)..];
        Assert.True(cell.Split('\n').TakeWhile(line => line.Trim().Length > 0).Sum(line => line.Length) < 160, shrunk);
    }

    private static Expression Without(Times times, int factor) => times.Factors.Count == 2 ? times.Factors[1 - factor] : new Times(times.Factors.Without(factor));

    private static void Require(RandomCell cell, Func<Expression, Expression?>? rule)
    {
        var spec = new RnnSpec { Cell = new EquationCell(cell.Parse()), InputSize = 3, HiddenSize = 5, OutputSize = 2, Loss = LossKind.SquaredError };
        var weights = Samples.Weights<double>(spec, 1, sigma: 0.5);
        var batch = Samples.Batch<double>(spec, steps: 4, batchSize: 3, seed: 2, lengths: cell.Lines.Count % 2 == 0);
        using var autograd = new AutogradEngine<double>(weights);
        using var equations = new EquationsEngine<double>(weights);
        var forward = autograd.Forward(batch);
        if (!forward.Hidden.Data.All(value => Math.Abs(value) < Explodes))
        {
            return;
        }

        Agreement.Require(forward, equations.Forward(batch), Rounding);
        RequireNear(autograd.Gradients(batch), rule is null ? equations.Gradients(batch) : Edited(weights, batch, rule));
        if (!cell.HasKinks)
        {
            var difference = CentralDifferences.CheckTogether(equations, batch, seed: 3);
            Assert.True(difference.RelativeError < 1e-5, $"central differences: {difference.RelativeError:E1}");
        }
    }

    private static GradientResult<double> Edited(RnnWeights<double> weights, SequenceBatch<double> batch, Func<Expression, Expression?> rule)
    {
        batch = batch.Prepare(weights.Spec, needsTargets: true);
        var right = NetworkPrograms.Of(weights.Spec);
        var wrong = right with { Layers = [.. right.Layers.Select(program => program with { Backward = [.. program.Backward.Select(statement => statement with { Value = statement.Value.Replace(rule) })] })] };
        var run = new NetworkRun<double>(weights, wrong, batch.Steps, batch.BatchSize);
        run.Forward(batch);
        var (gradients, dx, state) = (new RnnWeights<double>(weights.Spec), new NdArray<double>([.. batch.Inputs.Values!.Shape]), RnnState<double>.Zeros(weights.Spec, batch.BatchSize));
        var loss = run.Backward(batch, gradients, dx);
        run.CopyInitialGradient(state);
        return new() { Loss = loss, Weights = gradients, Inputs = dx, InitialState = state };
    }

    private static void RequireNear(GradientResult<double> expected, GradientResult<double> actual)
    {
        (string Name, NdArray<double> Expected, NdArray<double> Actual)[] pairs =
        [
            .. expected.Weights.Tensors.Zip(actual.Weights.Tensors, (e, a) => ("d" + e.Name, e.Values, a.Values)),
            ("dx", expected.Inputs!, actual.Inputs!),
            ("dh0", expected.InitialState.Hidden, actual.InitialState.Hidden),
            ("dc0", expected.InitialState.Cell!, actual.InitialState.Cell!),
        ];
        var largest = pairs.Max(pair => Norm(pair.Expected.Data));
        foreach (var (name, e, a) in pairs)
        {
            var distance = Norm([.. e.Data.Zip(a.Data, (x, y) => x - y)]);
            Assert.True(distance <= Rounding * Math.Max(Norm(e.Data), Vanishing * largest), $"{name}: {distance:E1} off, of {Norm(e.Data):E1}");
        }
    }

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));
}
