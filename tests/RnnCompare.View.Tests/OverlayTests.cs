using RnnCompare.Experiments.Report.Charts;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.View.Tests;

public sealed class OverlayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Labels_AreTheKeysThatDiffer_AndTheRunWhereNoneDoes()
    {
        var runs = new[] { Read("one", ("cells", "tanh"), ("seed", 1)), Read("two", ("cells", "gru"), ("seed", 1)), Read("three", ("cells", "gru"), ("seed", 1)) };
        Assert.Equal(["cells tanh", "cells gru, two", "cells gru, three"], Labels(runs, joinSeeds: true));
        Assert.Equal(["one"], Labels(runs[..1], joinSeeds: true));
    }

    [Fact]
    public void Seeds_AreOneSettingUnlessTheyAreAskedForOneByOne()
    {
        var runs = new[] { Read("one", ("cells", "tanh"), ("seed", 1)), Read("two", ("cells", "gru"), ("seed", 1)), Read("three", ("cells", "gru"), ("seed", 2)) };
        Assert.Equal(["cells tanh", "cells gru"], Labels(runs, joinSeeds: true));
        Assert.Equal(["cells tanh, seed 1", "cells gru, seed 1", "cells gru, seed 2"], Labels(runs, joinSeeds: false));
        Assert.Equal(["all"], Labels(runs[1..], joinSeeds: true));
    }

    [Fact]
    public void Charts_HoldEveryRunsFigures_AndSeedsAsABand()
    {
        var runs = new[] { Read("one", ("seed", 1)), Read("two", ("seed", 2)) };
        var each = Overlay.Of(Setting.Of(runs, joinSeeds: false), "fused");
        Assert.Equal(["loss", "validation-score", "agreement", "speed"], each.Select(chart => chart.Id));
        Assert.Equal(["seed 1", "seed 2"], ((LinesChart)each[0]).Series.Select(series => series.Name));

        var joined = Overlay.Of(Setting.Of(runs, joinSeeds: true), "");
        Assert.Equal(["loss", "validation-score", "flow", "agreement", "speed"], joined.Select(chart => chart.Id));
        var band = ((LinesChart)joined[0]).Series[0];
        Assert.Equal("all, manual (N = 2)", band.Name);
        Assert.Equal(20, band.Lower!.Count);

        var agreement = (DotsChart)joined[3];
        Assert.Equal(("all", 16.0, 4), (Assert.Single(agreement.Rows), agreement.Limit, agreement.Dots.Count));
        Assert.Equal(1.333, agreement.Dots[0].Value, 0.001); // 0.5 + 0.3·5 over 1 + 0.1·5
        Assert.Equal(["all, manual, seed 1", "all, autograd, seed 1", "all, fused, seed 1", "all, manual, seed 2", "all, autograd, seed 2", "all, fused, seed 2"], ((SpreadChart)joined[4]).Rows.Select(row => row.Name));
    }

    [Fact]
    public void Settings_AreComparedInWords_AcrossTheSeedsOfSeparateRuns()
    {
        var runs = Enumerable.Range(1, 5).SelectMany(seed => new[] { Read($"a{seed}", ("cells", "tanh"), ("seed", seed)), Better($"b{seed}", ("cells", "lstm"), ("seed", seed)) }).ToArray();
        var answers = OverlayAnswers.Of(Setting.Of(runs, joinSeeds: true), "manual");
        Assert.Equal("Before training the gradients of all engines agree in all 10 runs that compared them.", answers[0]);
        Assert.Contains("In test bits per character ‘cells lstm’ and ‘cells tanh’ are the same from each of 5 seeds.", answers);
        Assert.Contains(answers, answer => answer.StartsWith("In smoothed loss ‘cells lstm’ is 10.00 below ‘cells tanh’, 95 % interval", StringComparison.Ordinal)
            && answer.EndsWith("they differ by more than seeds do.", StringComparison.Ordinal));

        var others = new[] { runs[0], Read("c", ("cells", "lstm"), ("seed", 9)) };
        Assert.Contains(OverlayAnswers.Of(Setting.Of(others, joinSeeds: true), "manual"), answer => answer.Contains("they have no seed in common", StringComparison.Ordinal));
    }

    private (string Id, RecordedRun Run) Better(string id, params (string Key, object Value)[] config)
    {
        SampleRun.Write(Path.Combine(_folder.Path, id), 20, config);
        var summary = SampleRun.Summary(20);
        summary["engines"]!["manual"]!["smoothedLoss"] = 60;
        File.WriteAllText(Path.Combine(_folder.Path, id, "summary.json"), summary.ToJsonString());
        return (id, RunReader.Read(Path.Combine(_folder.Path, id)));
    }

    private static IEnumerable<string> Labels((string, RecordedRun)[] runs, bool joinSeeds) => Setting.Of(runs, joinSeeds).Select(setting => setting.Label);

    private (string Id, RecordedRun Run) Read(string id, params (string Key, object Value)[] config)
    {
        SampleRun.Write(Path.Combine(_folder.Path, id), 20, config);
        return (id, RunReader.Read(Path.Combine(_folder.Path, id)));
    }
}
