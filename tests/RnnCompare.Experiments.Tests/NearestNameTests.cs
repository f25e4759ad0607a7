namespace RnnCompare.Experiments.Tests;

public class NearestNameTests
{
    [Theory]
    [InlineData("hidensize", "hiddenSize")]
    [InlineData("lerningRate", "learningRate")]
    [InlineData("stpes", "steps")]
    [InlineData("SEED", "seed")]
    [InlineData("", "seed")]
    public void Of_FindsTheSmallestSlip(string typed, string meant)
    {
        Assert.Equal(meant, NearestName.Of(typed, ["hiddenSize", "learningRate", "steps", "seed"]));
    }

    [Fact]
    public void Of_CountsSwappedNeighboursOnce()
    {
        // Two replacements lead to either; one swap leads to the second only.
        Assert.Equal("step", NearestName.Of("setp", ["sexy", "step"]));
    }
}
