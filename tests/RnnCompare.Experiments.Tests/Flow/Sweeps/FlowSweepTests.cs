using System.Text.Json;
using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Flow.Sweeps;
using RnnCompare.Experiments.Results;

namespace RnnCompare.Experiments.Tests.Flow.Sweeps;

public class FlowSweepTests
{
    private static readonly ExperimentConfig Small = new() { Task = "echo", HiddenSize = 4, SequenceLength = 6, BatchSize = 5, Steps = 6, Initializer = "torch", ClippingLimit = 0.01, LearningRate = 0.01 };

    [Fact]
    public void Sweep_HasACaseForEveryCombination()
    {
        var options = FlowOptions.Parse(Small, "tanh,lstm", "torch,orthogonal", "0.5,1.5", "3,9", sequences: 2, every: 0);
        var result = FlowSweep.Run(options, _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal(16, result.Cases.Count);
        Assert.Equal(16, result.Cases.Select(flow => flow.Name).Distinct().Count());
        Assert.Equal("tanh, torch, gain 0.5, T = 3", result.Cases[0].Name);
        Assert.All(result.Cases, flow => Assert.Equal((2, flow.Name.Contains("lstm", StringComparison.Ordinal)), (flow.BatchSize, flow.Bound is null)));

        // The gain is a factor of Whh, and so of its singular values.
        double Sigma(string name) => result.Cases.Single(flow => flow.Name == name).Bound!.SpectralNorm;
        Assert.Equal(3 * Sigma("tanh, torch, gain 0.5, T = 9"), Sigma("tanh, torch, gain 1.5, T = 9"), 1e-12);
        Assert.Equal(1.5, Sigma("tanh, orthogonal, gain 1.5, T = 3"), 1e-12);
    }

    [Fact]
    public void Along_ClippedAndUnclippedTrainingsBeginAlikeAndPart()
    {
        var result = FlowSweep.Run(FlowOptions.Parse(Small with { Clipping = "norm" }, null, null, null, null, 8, every: 4), _ => { }, TestContext.Current.CancellationToken);
        var clipped = result.Along.Where(snapshot => snapshot.Case == "clipping by norm 0.01").ToArray();
        var free = result.Along.Where(snapshot => snapshot.Case == "no clipping").ToArray();
        Assert.Equal([0, 4], clipped.Select(snapshot => snapshot.Step));
        Assert.Equal([0, 4], free.Select(snapshot => snapshot.Step));
        Assert.Equal(clipped[0].Norms, free[0].Norms);
        Assert.Equal(clipped[0].GradientNorm, free[0].GradientNorm);
        Assert.NotEqual(clipped[1].Loss, free[1].Loss);
        Assert.All(clipped, snapshot => Assert.Equal(0.01, snapshot.ClippedNorm, 1e-6));
        Assert.All(free, snapshot => Assert.Equal(snapshot.GradientNorm, snapshot.ClippedNorm));
    }

    [Fact]
    public void Json_HoldsWhatWasMeasured()
    {
        var result = FlowSweep.Run(FlowOptions.Parse(Small with { Cells = "gru", Layers = 2 }, null, null, null, null, 8, every: 3), _ => { }, TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(FlowJson.Write(result));
        Assert.Equal(1, json.RootElement.GetProperty("format").GetInt32());
        var flow = json.RootElement.GetProperty("cases")[0];
        Assert.Equal("initial weights", flow.GetProperty("name").GetString());
        Assert.Equal(4, flow.GetProperty("norms").GetArrayLength()); // two engines, two layers
        Assert.Equal(6, flow.GetProperty("gates").GetArrayLength());
        Assert.Equal(2, flow.GetProperty("map").GetArrayLength());
        Assert.False(flow.TryGetProperty("bound", out _));
        var map = flow.GetProperty("map")[1];
        Assert.Equal(JsonValueKind.Null, map.GetProperty("values")[0][1].ValueKind);
        Assert.Equal(result.Cases[0].Maps[1].Norms[4, 2], map.GetProperty("values")[4][2].GetDouble(), 1e-5 * result.Cases[0].Maps[1].Norms[4, 2]);
        Assert.Equal(4, flow.GetProperty("exponents")[0].GetProperty("values").GetArrayLength());
        Assert.Equal([1, 2, 5, 6], flow.GetProperty("products")[0].GetProperty("steps").EnumerateArray().Select(step => step.GetInt32()));
        Assert.Equal([0, 3, 6], json.RootElement.GetProperty("along").EnumerateArray().Take(3).Select(snapshot => snapshot.GetProperty("step").GetInt32()));
    }

    [Theory]
    [InlineData("tanh,x", null, null, "--cells: cells is x, but must be some of tanh, relu, lstm, gru, gru-reset-before or files of equations (.cell), separated by commas.")]
    [InlineData(null, "1,-1", null, "--gains: recurrentScale is -1, but must be a number above 0 and at most 1e30.")]
    [InlineData(null, null, "0", "--lengths: sequenceLength is 0, but must be a whole number in 1..1000000.")]
    public void Options_RefuseWhatIsWrong(string? cells, string? gains, string? lengths, string message)
    {
        Assert.Equal(message, Assert.Throws<InputException>(() => FlowOptions.Parse(Small, cells, null, gains, lengths, 8, 0)).Message);
    }

    [Fact]
    public void Run_RefusesSequencesThatAreTooLongAndEnginesThatSeeNothing()
    {
        Assert.Equal("a sequence of echo has 1001 steps, but gradients are followed over at most 1000.", Refusal(Small, "1001"));
        Assert.Equal("engines is fused, but dL/dh_t is seen by all engines but fused.", Refusal(Small with { Engines = "fused" }, null));

        static string Refusal(ExperimentConfig config, string? lengths)
        {
            return Assert.Throws<InputException>(() => FlowSweep.Run(FlowOptions.Parse(config, null, null, null, lengths, 8, 0), _ => { }, default)).Message;
        }
    }
}
