using RnnCompare.Experiments.Examples;

namespace RnnCompare.Experiments.Tests.Examples;

public class NumberedExampleTests
{
    // Eight places are printed of arrays, sixteen digits of the single number.
    private const double Printed = 5.1e-9;

    private static readonly (string Name, double[] Values)[] Printout =
    [
        ("dW1", [-1.96168867, 0.86751548, 5.07050684, 0.13683888, 0.24913199]),
        ("dW2", [-0.70572562, -0.53948113, -0.28133053, 1.30360588, 0.15237789]),
        ("dh0", [-0.44595092, -0.0868595, -0.77449515, -0.50100593, 0.35927758]),
        ("dbh", [-3.859417642155729]),
    ];

    [Fact]
    public void GradientCheck_PassesTheCoursesOwnLimitForEveryWeight()
    {
        var result = new NumberedExample().Run(new ExperimentConfig());
        Assert.True(result.IsSound);
        Assert.Equal(["manual", "autograd", "fused"], result.Gradients.Keys);
        Assert.All(result.Tables[0].Rows.SelectMany(row => row.Skip(1)), error => Assert.InRange(double.Parse(error), 0, NumberedExample.Limit));
    }

    [Fact]
    public void Program_WithoutMistakesIsTheManualEngine()
    {
        var manual = new NumberedExample().Run(new ExperimentConfig { Engines = "manual" }).Gradients["manual"];
        var program = NumberedProgram.Gradients(NumberedExample.Draw(), NumberedMistakes.None);
        foreach (var name in manual.Names)
        {
            Assert.All(manual.Get<double>(name).Data.Zip(program.Get<double>(name).Data), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
        }
    }

    [Theory]
    [InlineData(NumberedMistakes.CarryNotTransposed | NumberedMistakes.StateWrapsAround | NumberedMistakes.BiasDoubled, "dW1 dW2 dh0 dbh")]
    [InlineData(NumberedMistakes.StateWrapsAround | NumberedMistakes.BiasDoubled, "")]
    [InlineData(NumberedMistakes.CarryNotTransposed | NumberedMistakes.BiasDoubled, "dW1 dh0 dbh")]
    [InlineData(NumberedMistakes.CarryNotTransposed | NumberedMistakes.StateWrapsAround, "dW1 dW2 dh0")]
    [InlineData(NumberedMistakes.None, "")]
    public void Printout_NeedsAllThreeMistakes(NumberedMistakes mistakes, string reproduced)
    {
        var gradients = NumberedProgram.Gradients(NumberedExample.Draw(), mistakes);
        var met = Printout.Where(printed => printed.Values.Zip(gradients.Get<double>(printed.Name).Data).All(pair => Math.Abs(pair.First - pair.Second) < Printed));
        Assert.Equal(reproduced, string.Join(' ', met.Select(printed => printed.Name)));
        if (reproduced.Contains("dbh", StringComparison.Ordinal))
        {
            Assert.Equal(Printout[^1].Values[0], gradients.Get<double>("dbh").Data[0], 1e-14);
        }
    }
}
