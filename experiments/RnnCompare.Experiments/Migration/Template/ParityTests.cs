using Xunit;

namespace MigratedModel;

/// <summary>The model is the prototype: same outputs, same gradients, same training. The messages name tensor and element.</summary>
public class ParityTests
{
    [Fact]
    public void Outputs_AreThePrototypes() => Demand(Parity.Outputs);

    [Fact]
    public void OutputsWithoutGradients_AreThePrototypes() => Demand(Parity.Inference);

    [Fact]
    public void Gradients_AreThePrototypes() => Demand(Parity.Gradients);

    [Fact]
    public void TrainedWeights_AreThePrototypes() => Demand(Parity.Trained);

    private static void Demand(Func<string, IReadOnlyList<string>> compare)
    {
        var problems = compare(AppContext.BaseDirectory);
        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }
}
