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
        Assert.Equal(["cells tanh", "cells gru, two", "cells gru, three"], Overlay.Labels(runs));
        Assert.Equal(["one"], Overlay.Labels(runs[..1]));
    }

    [Fact]
    public void Charts_HoldEveryRunsCurves()
    {
        var runs = new[] { Read("one", ("seed", 1)), Read("two", ("seed", 2)) };
        var charts = Overlay.Of(runs, "fused");
        Assert.Equal(["loss", "validation-score"], charts.Select(chart => chart.Id));
        Assert.Equal(["seed 1", "seed 2"], ((Experiments.Report.Charts.LinesChart)charts[0]).Series.Select(series => series.Name));
        Assert.Equal(["loss", "validation-score", "flow"], Overlay.Of(runs, "").Select(chart => chart.Id));
    }

    private (string Id, RecordedRun Run) Read(string id, params (string Key, object Value)[] config)
    {
        SampleRun.Write(Path.Combine(_folder.Path, id), 20, config);
        return (id, RunReader.Read(Path.Combine(_folder.Path, id)));
    }
}
