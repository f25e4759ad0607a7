using RnnCompare.Experiments.Examples;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Experiments.Tests.Examples;

public class IdentityExampleTests
{
    private const int LastStep = 4;

    [Theory]
    [InlineData(7, 1)]
    [InlineData(7, 2)]
    [InlineData(3, 3)]
    [InlineData(20, 4)]
    public void Run_RightGradientsAgreeAndTheMistakeShowsItsPattern(int hiddenSize, int seed)
    {
        var result = new IdentityExample().Run(new ExperimentConfig { HiddenSize = hiddenSize, Seed = seed, Engines = "manual,autograd" });
        Assert.True(result.IsSound);
        var (manual, autograd, program) = (result.Gradients["manual"], result.Gradients["autograd"], result.Gradients["the document's program"]);
        foreach (var name in manual.Names)
        {
            Assert.True(Distance(name, manual, autograd) <= IdentityExample.Agreement);
        }

        // What does not depend on the carry is right; everything else is not, row by row.
        Assert.True(Distance("dWho", manual, program) <= IdentityExample.Agreement);
        Assert.True(Distance("dbho", manual, program) <= IdentityExample.Agreement);
        Assert.True(Distance("dWhh", manual, program) > 1e-3);
        Assert.True(Distance("dbhh", manual, program) > 1e-3);
        var (right, wrong) = (manual.Get<double>("dWxh", 5, hiddenSize), program.Get<double>("dWxh", 5, hiddenSize));
        for (var row = 0; row <= LastStep; row++)
        {
            var distance = Distance(right.Row(row), wrong.Row(row));
            Assert.True(row == LastStep ? distance <= IdentityExample.Agreement : distance > 1e-3);
        }
    }

    private static double Distance(string name, NamedArrays expected, NamedArrays actual) => Distance(expected.Get<double>(name).Span, actual.Get<double>(name).Span);

    private static double Distance(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        var (squares, size) = (0.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            squares += (expected[i] - actual[i]) * (expected[i] - actual[i]);
            size += expected[i] * expected[i];
        }

        return Math.Sqrt(squares / size);
    }
}
