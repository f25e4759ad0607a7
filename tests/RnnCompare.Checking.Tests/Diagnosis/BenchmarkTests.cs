using RnnCompare.Checking.Benchmark;

namespace RnnCompare.Checking.Tests.Diagnosis;

/// <summary>A small sample of the doctor's benchmark, over every cell, loss, precision and size of weights.</summary>
public class BenchmarkTests
{
    [Fact]
    public void SingleMistakes_AreDetectedAndNamed() => RequireNamed(DoctorBenchmark.Run(count: 150, mistakes: 1, cancellation: TestContext.Current.CancellationToken));

    [Fact]
    public void PairsOfMistakes_AreDetectedAndNamed() => RequireNamed(DoctorBenchmark.Run(count: 30, mistakes: 2, cancellation: TestContext.Current.CancellationToken));

    [Fact]
    public void RightPrograms_AreNotAccused()
    {
        Assert.DoesNotContain(DoctorBenchmark.Run(count: 150, mistakes: 0, cancellation: TestContext.Current.CancellationToken), outcome => outcome.Detected);
    }

    // A loss near zero; a mistake barely above the limit; gradients that outgrew rounding, that are mostly rounding, and that share a factor.
    [Theory]
    [InlineData(58)]
    [InlineData(1494)]
    [InlineData(22057)]
    [InlineData(44698)]
    [InlineData(21598)]
    public void MistakesAtTheEdge_AreNamed(int seed)
    {
        var outcome = Assert.Single(DoctorBenchmark.Run(count: 1, mistakes: 1, firstSeed: seed, cancellation: TestContext.Current.CancellationToken));
        Assert.True(outcome is { Blind: false, Detected: true, Named: true }, $"{outcome.Case}: {outcome.Answer}");
        Assert.DoesNotContain(" or ", outcome.Answer, StringComparison.Ordinal);
    }

    private static void RequireNamed(IReadOnlyList<CaseOutcome> outcomes)
    {
        var visible = outcomes.Where(outcome => !outcome.Blind && !outcome.Masked).ToArray();
        Assert.True(visible.Length > outcomes.Count / 2);
        Assert.All(visible, outcome => Assert.True(outcome.Detected, outcome.Case));
        Assert.All(visible, outcome => Assert.True(outcome.Named, $"{outcome.Case}: {outcome.Answer}"));
    }
}
