using System.Xml.Linq;
using RnnCompare.Experiments.Report;
using RnnCompare.Experiments.Report.Charts;
using RnnCompare.Experiments.Report.Export;
using RnnCompare.Experiments.Results;
using RnnCompare.Experiments.Results.Reading;
using RnnCompare.Experiments.Tests.Training;
using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Tests.Report.Export;

public sealed class ReportExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void EveryFormat_HoldsTheRun()
    {
        var config = new ExperimentConfig { Task = "echo", HiddenSize = 4, SequenceLength = 5, BatchSize = 3, Steps = 6, WarmUp = 1, LogEvery = 2, Engines = "manual,autograd" };
        var path = Path.Combine(_folder.Path, "run");
        using (var experiment = Experiment.Prepare(config))
        {
            using var folder = RunFolder.Create(path, config);
            folder.Write(experiment.Run(new ObserverStub(), TestContext.Current.CancellationToken));
        }

        var run = RunReader.Read(path);
        var charts = ReportSections.Of(run).SelectMany(section => section.Charts).ToArray();
        var pictures = ReportExport.Write(run, "svg", Path.Combine(_folder.Path, "svg"));
        Assert.Equal(charts.Select(chart => chart.Id + ".svg"), pictures);
        foreach (var (chart, name) in charts.Zip(pictures))
        {
            var svg = XDocument.Load(Path.Combine(_folder.Path, "svg", name)).Root!;
            Assert.Equal(chart.Title, svg.Elements().First(element => element.Name.LocalName == "text").Value);
            Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("∞", svg.ToString(), StringComparison.Ordinal);
            if (chart is LinesChart lines)
            {
                Assert.True(svg.Elements().Count(element => element.Name.LocalName == "polyline") >= lines.Series.Count(series => series.Y.Any(double.IsFinite)), name);
            }
        }

        Assert.Equal(charts.Select(chart => chart.Id + ".csv"), ReportExport.Write(run, "csv", Path.Combine(_folder.Path, "csv")));
        var loss = charts.OfType<LinesChart>().Single(chart => chart.Id == "loss");
        Assert.Equal(1 + loss.Series.Sum(series => series.X.Count), File.ReadAllLines(Path.Combine(_folder.Path, "csv", "loss.csv")).Length);

        ReportExport.Write(run, "md", _folder.Path);
        Assert.StartsWith("# names\n", File.ReadAllText(Path.Combine(_folder.Path, "report.md")), StringComparison.Ordinal);

        var events = ReportExport.Write(run, "tensorboard", Path.Combine(_folder.Path, "events"));
        Assert.Equal(["manual/events.out.tfevents.0.rnncompare", "autograd/events.out.tfevents.0.rnncompare"], events);
        Assert.All(events, file => Assert.True(new FileInfo(Path.Combine(_folder.Path, "events", file)).Length > 100));
    }

    [Fact]
    public void Lines_MarkAZeroThatALogarithmicAxisCannotHold()
    {
        var chart = new LinesChart
        {
            Id = "x", Title = "a < b", XLabel = "t", YLabel = "norm", Log = true,
            Series = [new() { Name = "manual", Colour = 0, X = [0, 1, 2, 3], Y = [1, 0, double.NaN, 1e-8] }],
        };
        var svg = XDocument.Parse(SvgChart.Write(chart)).Root!;
        var mark = Assert.Single(svg.Elements(), element => element.Name.LocalName == "circle");
        Assert.Equal("#fff", mark.Attribute("fill")!.Value);
        Assert.Equal(2, svg.Elements().Count(element => element.Name.LocalName == "polyline")); // the gap parts them
    }

    [Fact]
    public void Write_RefusesAnUnknownFormat()
    {
        var run = new RecordedRun { Folder = "x", Name = "x", Config = [], Curves = [], Flows = [], State = default! };
        Assert.Equal("--format is pdf, but must be one of svg, csv, md, tensorboard.", Assert.Throws<InputException>(() => ReportExport.Write(run, "pdf", _folder.Path)).Message);
        Assert.Equal("x: the run has nothing yet that tensorboard could show.", Assert.Throws<InputException>(() => ReportExport.Write(run, "tensorboard", _folder.Path)).Message);
    }

    public void Dispose() => _folder.Dispose();
}
