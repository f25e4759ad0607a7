using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Experiments.Training;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Tests.Training;

public class MeasurementTests
{
    [Theory]
    [InlineData(new[] { 3.0 }, 3, 3, 3)]
    [InlineData(new[] { 4.0, 1, 3, 2, 5 }, 2, 3, 4)]
    [InlineData(new[] { 1.0, 2 }, 1.25, 1.5, 1.75)]
    public void Quartiles_InterpolateBetweenNeighbours(double[] values, double lower, double median, double upper)
    {
        Assert.Equal(new(lower, median, upper), Quartiles.Of(values));
        Assert.Equal(new(1 / upper, 1 / median, 1 / lower), Quartiles.Of(values).Reciprocal());
    }

    [Fact]
    public void Quartiles_OfNothingAreNoNumbers() => Assert.True(double.IsNaN(Quartiles.Of([]).Median));

    [Fact]
    public void StepTimes_LetTheWarmUpPass()
    {
        var times = new StepTimes(warmUp: 3);
        Assert.Equal([0, 1, 2, 3, 4], Enumerable.Range(0, 5).Select(i => times.Measure(() => i)));
        Assert.Equal(2, times.Seconds.Count);
    }

    [Fact]
    public void SmoothedLoss_IsTheRunningMean()
    {
        var loss = new SmoothedLoss(10);
        loss.Add(20);
        Assert.Equal(10.01, loss.Value, 12);
        var unknown = new SmoothedLoss(double.NaN);
        unknown.Add(4);
        unknown.Add(6);
        Assert.Equal(4.002, unknown.Value, 12);
    }

    [Fact]
    public void Separation_IsNotedAtOneTwoFive()
    {
        Assert.Equal([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000], Enumerable.Range(1, 1000).Where(Separation.IsNoted));
    }

    [Theory]
    [InlineData(1e-6, true)]
    [InlineData(1.1e-5, false)]
    [InlineData(double.NaN, false)]
    public void Trajectories_AgreeUpToAHundredPerturbations(double distance, bool agrees)
    {
        Assert.Equal(agrees, SeparationPoint.Shows([0, distance], 1e-7));
    }

    [Fact]
    public void Perturbation_MovesEveryWeightByOneUnit()
    {
        var weights = new RnnWeights<float>(new() { Cell = RnnCell.Tanh, InputSize = 3, HiddenSize = 5, OutputSize = 2 });
        weights.Whh.Span.Fill(1);
        var moved = Perturbation.OneUnit(weights, seed: 1, copy: 1);
        Assert.Equal([float.BitDecrement(1), float.BitIncrement(1)], moved.Whh.Data.Distinct().Order());
        Assert.All(moved.bh.Data, value => Assert.Equal(0, value));
        Assert.All(weights.Whh.Data, value => Assert.Equal(1, value));
    }

    [Fact]
    public void TrajectoryFloor_CatchesAWeightThatMovedFartherThanTheCopies()
    {
        var weights = new RnnWeights<double>(new() { Cell = RnnCell.Tanh, InputSize = 3, HiddenSize = 5, OutputSize = 2 });
        weights.Whh.Span.Fill(1);
        var (copy, near, far) = (weights.Clone(), weights.Clone(), weights.Clone());
        copy.Whh.Data[3] += 1e-9;
        near.Whh.Data[8] += 9.9e-8;
        far.Whh.Data[8] += 1.1e-7;

        var floor = new TrajectoryFloor(TensorSet.Of(weights), [TensorSet.Of(weights), TensorSet.Of(copy)], roundoff: 1e-16);
        Assert.True(GradientComparison.Compare(TensorSet.Of(weights), TensorSet.Of(near), floor).Agrees);
        var comparison = GradientComparison.Compare(TensorSet.Of(weights), TensorSet.Of(far), floor);
        Assert.False(comparison.Agrees);
        Assert.Equal("Whh", comparison.Worst.Name);
    }

    [Fact]
    public void TrajectoryFloor_AllowsForTheRoundingOfTheWeightsThemselves()
    {
        var weights = new RnnWeights<double>(new() { Cell = RnnCell.Tanh, InputSize = 3, HiddenSize = 5, OutputSize = 2 });
        weights.by.Span.Fill(1);
        var near = weights.Clone();
        near.by.Data[0] += 1e-14;
        var floor = new TrajectoryFloor(TensorSet.Of(weights), [TensorSet.Of(weights)], roundoff: 1e-16);
        Assert.True(GradientComparison.Compare(TensorSet.Of(weights), TensorSet.Of(near), floor).Agrees);
        near.by.Data[0] += 1e-13;
        Assert.False(GradientComparison.Compare(TensorSet.Of(weights), TensorSet.Of(near), floor).Agrees);
    }

    [Fact]
    public void RunProgress_TellsTheTimeLeftAtThePaceSoFar()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), new RunProgress(25, 100, TimeSpan.FromSeconds(10), []).Left);
    }
}
