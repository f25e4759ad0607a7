using System.Text.Json;
using System.Text.Json.Nodes;
using RnnCompare.Experiments.Report;
using RnnCompare.Experiments.Report.Charts;
using RnnCompare.Experiments.Report.Sections;
using RnnCompare.Experiments.Results.Reading;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Experiments.Tests.Report;

public sealed class ReportSectionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Answers_SayTheNumbers()
    {
        var answers = Of(SampleRun.Summary(200)).ToDictionary(section => section.Id, section => string.Join(" ", section.Answers));
        Assert.StartsWith(
            "Every gradient agrees: autograd and fused with manual in float64 and float32, 24 comparisons. The farthest from its floor is dby of autograd in float64: 2.0e-16 beside 1.5e-16, 1.3 times the floor; up to 16 times counts as agreement. "
                + "Measured before training on the first training batch (T = 5, B = 3).",
            answers["agreement"],
            StringComparison.Ordinal);
        Assert.StartsWith("All 200 steps were made. The last noted training losses are manual ", answers["loss"], StringComparison.Ordinal);
        Assert.Contains("At the end bits per character of the test part is 2.5000 (manual), 2.6250 (autograd) and 2.7500 (fused); the baseline, frequencies of pairs, reaches 3.5000.", answers["loss"], StringComparison.Ordinal);
        Assert.Equal(
            "After 200 steps the perturbed run lies 1.2e-03 from manual; autograd lies 4.0e-04 from manual (0.33 times as far) and fused lies 8.0e-04 from manual (0.67 times as far). "
                + "At no step was an engine more than 0.6667 times as far as the perturbed run; up to 100 times counts as rounding.",
            answers["separations"]);
        Assert.StartsWith("A median step of manual takes 200.0 µs (95 % interval 196.0 µs to 204.0 µs, 190 steps). It reaches 30.0 % of the multiply-adds", answers["speed"], StringComparison.Ordinal);
        Assert.Contains("autograd takes 10.00× the time of manual (95 % interval 9.70× to 10.30×): 2.00 ms", answers["speed"], StringComparison.Ordinal);
        Assert.StartsWith("The gradient is exactly zero from 3 steps back on (manual)", answers["flow"], StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_SayWhatDiffers()
    {
        var summary = SampleRun.Summary(200);
        summary["gradientsBeforeTraining"]![1]!["agrees"] = false;
        summary["gradientsBeforeTraining"]![1]!["tensors"]!["dWhh"]!["relative"] = 0.25;
        summary["separations"]![0]!["points"]![3]!["distances"]![1] = 7;
        summary["end"] = new JsonObject { ["kind"] = "diverged", ["steps"] = 150, ["engine"] = "fused" };
        var answers = Of(summary).ToDictionary(section => section.Id, section => section.Answers[0]);
        Assert.StartsWith("Not every gradient agrees: fused tanh in float64 differ from manual. The farthest from its floor is dWhh of fused in float64: 2.5e-01 beside 1.2e-16", answers["agreement"], StringComparison.Ordinal);
        Assert.Contains("more than 100 times is more than rounding.", answers["separations"], StringComparison.Ordinal);
        Assert.StartsWith("Training diverged: the loss of fused is not a finite number after step 150.", answers["loss"], StringComparison.Ordinal);
    }

    [Fact]
    public void OldSummary_GivesWhatItHas()
    {
        var summary = SampleRun.Summary(200);
        summary.Remove("format");
        foreach (var engine in summary["engines"]!.AsObject())
        {
            engine.Value!.AsObject().Remove("stepTimes");
        }

        foreach (var agreement in summary["gradientsBeforeTraining"]!.AsArray())
        {
            agreement!.AsObject().Remove("limit");
        }

        var sections = Of(summary).ToDictionary(section => section.Id);
        Assert.Equal([25.0, 50, 75], ((SpreadChart)sections["speed"].Charts[0]).Rows[1].Shares);
        Assert.StartsWith("A median step of manual takes 200.0 µs. autograd takes 2.00 ms, 10.00× the time of manual.", sections["speed"].Answers[0], StringComparison.Ordinal);
        Assert.DoesNotContain("counts as agreement", sections["agreement"].Answers[0], StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsThatRoundingTore_HaveNoVerdict()
    {
        var summary = SampleRun.Summary(200);
        var separation = summary["separations"]![0]!;
        separation["weightsVerdict"] = "no verdict";
        separation["points"]![7]!["distances"]![1] = 100.0;
        foreach (var point in separation["points"]!.AsArray())
        {
            point!["verdict"] = "no verdict";
        }

        var sections = Of(summary).ToDictionary(section => section.Id);
        Assert.StartsWith("Weights after 200 training steps show nothing: rounding alone", sections["agreement"].Answers[1], StringComparison.Ordinal);
        Assert.DoesNotContain(sections["agreement"].Answers, answer => answer.Contains("weight array agrees", StringComparison.Ordinal));
        Assert.Contains("that step by itself was made right by every engine", sections["separations"].Answers[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Seeds_BecomeABandWithTheirNumber()
    {
        SampleRun.Begin(Run);
        File.WriteAllText(Path.Combine(Run, "metrics.csv"), "engine,seed,step,loss\nmanual,3,1,5\nmanual,3,2,4\nmanual,9,1,7\nmanual,9,2,2\nmanual,11,1,100\nfused,3,1,6\n");
        var chart = (LinesChart)ReportSections.Of(RunReader.Read(Run)).Single(section => section.Id == "loss").Charts[0];
        var band = chart.Series[0];
        Assert.Equal(["manual (N = 2)", "manual, seed 11", "fused, seed 3"], chart.Series.Select(series => series.Name));
        Assert.Equal([1.0, 2], band.X);
        Assert.Equal([6.0, 3], band.Y);
        Assert.Equal([5.0, 2], band.Lower!);
        Assert.Equal([7.0, 4], band.Upper!);
    }

    [Fact]
    public void Flow_HasAChartForEverythingMeasured()
    {
        SampleRun.Write(Run);
        File.WriteAllText(Path.Combine(Run, "flow.json"), """
            {"format":1,"cases":[{"name":"trained weights","sentence":"It vanishes.",
              "norms":[{"engine":"manual","layer":0,"direction":"forward","values":[1,2,3]},{"engine":"manual","layer":1,"direction":"backward","values":[1,0,3]}],
              "back":[{"engine":"manual","values":[3,2,null]}],"bound":{"spectralNorm":0.5,"gamma":1,"values":[3,1.5,0.75],"sentence":"It must."},
              "gates":[{"gate":"f","norms":[1,2,3],"low":[0.25,0.25,0.25],"high":[0.5,0.75,0.25]}],
              "map":[{"losses":[0,1],"steps":[0,1],"values":[[1,null],[0.5,1]]}],
              "jacobians":[{"steps":[0,1],"largest":[2,3],"median":[1,1],"smallest":[0,0.1]}],
              "products":[{"steps":[1,2],"logs":[[0,-1],[-1,-2]]}],
              "exponents":[{"values":[0.1,-0.5],"lower":[0.05,-0.6],"upper":[0.15,-0.4],"kaplanYorke":1.2}]}],
             "along":[{"case":"clipped","step":0,"loss":9,"gradientNorm":2,"clippedNorm":1,"norms":[1,2]},{"case":"clipped","step":20,"loss":7,"gradientNorm":1,"clippedNorm":1,"norms":[1,4]}]}
            """);
        var flow = ReportSections.Of(RunReader.Read(Run)).Single(section => section.Id == "flow");
        Assert.Equal(
            [
                "trained weights: It vanishes. It must.",
                "Along the training, clipped: ‖g‖ was 2.0000 at most, before update 1; 1 of 2 looks found gradients that were clipped. "
                    + "The gradient at a sequence's first step was 0.50× that at its last before training and 0.25× after 20 steps, where the loss was 7.0000.",
            ],
            flow.Answers);
        Assert.Equal(["flow-back", "flow-norms", "flow-map", "flow-gates", "flow-saturation", "flow-jacobians", "flow-products", "flow-exponents", "along-norm", "along"], flow.Charts.Select(chart => chart.Id));
        Assert.Equal(["manual", "manual, layer 1, backward"], ((LinesChart)flow.Charts[1]).Series.Select(series => series.Name));
        Assert.Equal([1, Math.Exp(-1)], ((LinesChart)flow.Charts[6]).Series[0].Y);
        Assert.Equal([0.0, 20], ((MapChart)flow.Charts[9]).Rows);
        Assert.Equal(["f", "25.0 %", "50.0 %", "trained weights"], flow.Tables[0].Rows[0]);
    }

    [Fact]
    public void Flow_OfManySettingsIsOnePictureAndATable()
    {
        SampleRun.Begin(Run);
        var cases = Enumerable.Range(1, 6).Select(i => $$$"""
            {"name":"gain {{{i}}}","norms":[{"engine":"manual","values":[1,2]}],"back":[{"engine":"manual","values":[2,{{{i}}}]}],
             "exponents":[{"values":[{{{i - 3}}}],"lower":[{{{i - 3.5}}}],"upper":[{{{i - 2.5}}}],"kaplanYorke":0}]}
            """);
        File.WriteAllText(Path.Combine(Run, "flow.json"), $$"""{"format":1,"cases":[{{string.Join(',', cases)}}]}""");
        var flow = ReportSections.Of(RunReader.Read(Run)).Single(section => section.Id == "flow");
        Assert.Equal(["flow-all", "exponents-all"], flow.Charts.Select(chart => chart.Id));
        Assert.StartsWith("Of 6 settings gradients vanish in 2 and explode in 3; of the other 1 the steps do not tell.", flow.Answers[0], StringComparison.Ordinal);
        Assert.Equal("They explode fastest with gain 6: λ₁ = 3.0000 a step.", flow.Answers[2]);
        Assert.Equal(["gain 3", "0", "-0.5000 to 0.5000", "2.0000", "3.0000", "1.5000", "open"], flow.Tables[0].Rows[2]);
    }

    [Fact]
    public void ChartJson_HasNullForNoNumberAndCannotEndItsElement()
    {
        var chart = new LinesChart { Id = "a", Title = "</script>", XLabel = "", YLabel = "", Series = [new() { Name = "b", Colour = 0, X = [1, 2], Y = [double.NaN, 1e-300] }] };
        var text = ChartJson.Write([chart]);
        Assert.DoesNotContain('<', text);
        using var json = JsonDocument.Parse(text);
        Assert.Equal("lines", json.RootElement[0].GetProperty("kind").GetString());
        Assert.Equal("[null,1E-300]", json.RootElement[0].GetProperty("series")[0].GetProperty("y").GetRawText());
    }

    private string Run => Path.Combine(_folder.Path, "sample");

    private IReadOnlyList<ReportSection> Of(JsonObject summary)
    {
        SampleRun.Write(Run);
        File.WriteAllText(Path.Combine(Run, "summary.json"), summary.ToJsonString());
        return ReportSections.Of(RunReader.Read(Run));
    }
}
