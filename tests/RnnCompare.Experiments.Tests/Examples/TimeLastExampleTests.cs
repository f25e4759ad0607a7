using RnnCompare.Experiments.Examples;

namespace RnnCompare.Experiments.Tests.Examples;

public class TimeLastExampleTests
{
    [Fact]
    public void Run_MeetsEveryPrintedDigit()
    {
        var result = new TimeLastExample().Run(new ExperimentConfig { Engines = "manual,autograd" });
        Assert.True(result.IsSound);
        Assert.Equal(["manual", "autograd"], result.Gradients.Keys);
        Assert.Equal("The course printed 62 numbers; met to every printed digit: 62 by manual, 62 by autograd. All in float64.", result.Sentence);
        foreach (var gradients in result.Gradients.Values)
        {
            // The first, the last and one in the middle of the printout, in the shapes and axes of the course.
            Assert.Equal(6.07961714e-02, gradients.Get<double>("dx", 3, 1, 4).Data[0], 5e-11);
            Assert.Equal(-0.04446273, gradients.Get<double>("ds0", 5, 1).Data[0], 5e-9);
            Assert.Equal(0.33991813, gradients.Get<double>("dba", 5, 1).Data[4], 5e-9);
        }
    }

    [Fact]
    public void PrintedArray_CountsANumberThatIsOffInTheLastPrintedDigitAsMissed()
    {
        var printed = new PrintedArray("ds0", PrintedArray.Fixed, [0.0257273, -1]);
        Assert.Equal("0.02572730", printed.Show(0.0257273));
        Assert.Equal(2, printed.Met(new([0.025727304, -1.000000004], 2)));
        Assert.Equal(1, printed.Met(new([0.025727306, -1.000000004], 2)));
        Assert.Equal("-1.81722854e-05", new PrintedArray("dx", PrintedArray.Scientific, []).Show(-1.817228541e-5));
    }
}
