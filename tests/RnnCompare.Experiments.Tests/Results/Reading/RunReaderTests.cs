using RnnCompare.Experiments.Results.Reading;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Experiments.Tests.Results.Reading;

public sealed class RunReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_GivesEveryNumber()
    {
        var run = Written();
        Assert.Equal((RunState.Completed, 20, "sample", "7"), (run.State, run.LastStep, run.Name, run.ConfigValue("hiddenSize")));
        Assert.Equal(SampleRun.Engines, run.Curves.Select(curve => curve.Engine));
        Assert.Equal(Enumerable.Range(1, 20).Select(step => SampleRun.Loss(2, step)), run.Curves[2].Loss);
        Assert.Equal([10.0, 20], run.Curves[0].Parts["validation"].Steps);
        Assert.Equal(["validation"], run.Curves[0].Parts.Keys);
        Assert.Equal("fused", run.Summary!.Separations[0].Distances[1].Engine);
        Assert.Equal(2e-8 * 25, run.Summary.Separations[0].Distances[1].Values[2]);
    }

    [Theory]
    [InlineData("metrics.csv", "step,engine\n", "metrics.csv, line 1: there is no column loss.")]
    [InlineData("metrics.csv", "step,engine,loss\n1,manual\n", "metrics.csv, line 2: 2 values, expected 3 as in line 1.")]
    [InlineData("metrics.csv", "step,engine,loss\n1,manual,1\n1,fused,1\n1.5,manual,1\n", "metrics.csv, line 4: step is '1.5', expected a whole number.")]
    [InlineData("metrics.csv", "step,engine,loss\n2,manual,1\n1,manual,1\n", "metrics.csv, line 3: step 1 of manual stands after its step 2.")]
    [InlineData("metrics.csv", "step,engine,loss\n2,manual,0x1\n", "metrics.csv, line 2: loss is '0x1', expected a number.")]
    [InlineData("summary.json", "", "summary.json: the file is empty.")]
    [InlineData("summary.json", "{\n \"end\": {]", "summary.json, line 2: ']' is an invalid start of a property name. Expected a '\"'.")]
    [InlineData("summary.json", "[]", "summary.json is [], expected an object.")]
    [InlineData("summary.json", "{\"format\": 2}", "summary.json: was written by a newer version of this program (format 2; this one reads up to 1).")]
    [InlineData("summary.json", "{\"end\": {\"kind\": \"gone\", \"steps\": 1}}", "summary.json: end.kind is 'gone', expected completed, cancelled or diverged.")]
    [InlineData("summary.json", "{\"end\": {\"kind\": \"completed\", \"steps\": 1.5}}", "summary.json: end.steps is 1.5, expected a whole number.")]
    [InlineData("summary.json", "{\"engines\": {\"manual\": {\"smoothedLoss\": \"x\"}}}", "summary.json: engines.manual.smoothedLoss is \"x\", expected a number or null.")]
    [InlineData("summary.json", "{\"gradientsBeforeTraining\": [{\"expected\": \"a\"}]}", "summary.json: gradientsBeforeTraining[0]: actual is missing.")]
    [InlineData("flow.json", "{\"cases\": [{}]}", "flow.json: cases[0]: name is missing.")]
    [InlineData("flow.json", "{\"cases\": [{\"name\": \"a\", \"map\": [{\"losses\": [1], \"steps\": [1, 2], \"values\": [[1]]}]}]}", "flow.json: cases[0].map[0] does not have 1 rows of 2 numbers.")]
    [InlineData("config.json", "{\"a\": }", "config.json, line 1: '}' is an invalid start of a value.")]
    public void DamagedFile_IsNamedWithItsPlace(string file, string text, string message)
    {
        Written();
        _folder.Write($"sample/{file}", text);
        var problem = Assert.Throws<InputException>(() => RunReader.Read(At("sample")));
        Assert.EndsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith(_folder.Path, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public void RunUnderWay_IsReadUpToItsLastWholeLine()
    {
        SampleRun.Begin(At("sample"));
        Assert.Equal((RunState.Unfinished, 0), (RunReader.Read(At("sample")).State, RunReader.Read(At("sample")).LastStep));
        _folder.Write("sample/metrics.csv", SampleRun.Header + SampleRun.Rows(1, 3) + "4,manual,0.1");
        var run = RunReader.Read(At("sample"));
        Assert.Equal((RunState.Unfinished, 3), (run.State, run.LastStep));
        _folder.Write("sample/metrics.csv", "step,engine,lo");
        Assert.Empty(RunReader.Read(At("sample")).Curves);
    }

    [Fact]
    public void Find_SeesRunsAtEveryDepth_AndNotInsideRuns()
    {
        SampleRun.Begin(At("b"));
        SampleRun.Begin(At("a/c/d"));
        SampleRun.Begin(At("b/inside"));
        Directory.CreateDirectory(At("empty"));
        Assert.Equal([At("a/c/d"), At("b")], RunReader.Find(_folder.Path));
        Assert.Equal([At("b")], RunReader.Find(At("b")));
    }

    [Fact]
    public void NoRun_IsSaid()
    {
        Assert.EndsWith(": there is no run; a run's folder holds config.json and metrics.csv.", Assert.Throws<InputException>(() => RunReader.Read(_folder.Path)).Message, StringComparison.Ordinal);
    }

    private RecordedRun Written()
    {
        SampleRun.Write(At("sample"), 20);
        return RunReader.Read(At("sample"));
    }

    private string At(string name) => Path.Combine(_folder.Path, name);
}
