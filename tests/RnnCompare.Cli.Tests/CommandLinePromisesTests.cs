using System.Text;
using System.Text.Json;
using RnnCompare.Cli.Commands;
using RnnCompare.Experiments.Configs;

namespace RnnCompare.Cli.Tests;

/// <summary>What every command promises: help, streams, one line and an exit code for each failure.</summary>
public sealed class CommandLinePromisesTests : IDisposable
{
    private static readonly string[] Small = ["--steps", "4", "--engines", "manual", "--set", "hiddenSize=5", "--set", "sequenceLength=4", "--set", "warmUp=1"];

    private readonly string _folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    public static TheoryData<string> Commands => [.. CommandLine.Create(TextWriter.Null).Subcommands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void EveryCommand_ShowsItsHelp(string command)
    {
        var help = CommandRun.Of(command, "--help");
        Assert.Equal((ExitCodes.Success, ""), (help.Code, help.Error));
        Assert.Contains($"rnncompare {command}", help.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes of every command: 0 done; 2 ", help.Output, StringComparison.Ordinal);
        Assert.Equal(help, CommandRun.Of(command, "-h"));
        Assert.Equal(help, CommandRun.Of("help", command));
        Assert.Equal(help, CommandRun.Of(command, "--help", "--whatever"));
    }

    [Fact]
    public void Help_OfNoCommandListsAll()
    {
        var help = CommandRun.Of("help");
        Assert.Equal(help, CommandRun.Of("--help"));
        Assert.All(CommandLine.Create(TextWriter.Null).Subcommands, command => Assert.Contains($"  {command.Name} ", help.Output, StringComparison.Ordinal));
        CommandRun.Of("help", "chekc").RequireRefusal("there is no command 'chekc'; the nearest is 'check'.");
    }

    [Fact]
    public void Run_FindsShippedConfigs()
    {
        Assert.Contains("sunspots", ShippedConfigs.Names);
        var output = Path.Combine(_folder, "out");
        Assert.Equal(ExitCodes.Success, CommandRun.Of(["run", "sunspots", "--output", output, .. Small]).Code);
        Assert.Equal("sunspots", ConfigFile.Read(Path.Combine(output, "config.json")).Task);
        CommandRun.Of("run", "sunsports").RequireRefusal("sunsports: there is no such file, and no such config in the program; the nearest is 'sunspots'.");
    }

    [Theory]
    [InlineData("processor", "info")]
    [InlineData("file", "probe", "--output", "OUT")]
    [InlineData("tables", "speed", "--cells", "tanh", "--engines", "manual", "--points", "1", "--seconds", "0.01")]
    [InlineData("isSound", "doctor-benchmark", "--half", "catalogue", "--cases", "2", "--output", "OUT")]
    public void Results_AreOneJsonObjectAndSoAreRefusals(string key, params string[] args)
    {
        args = [.. args.Select(arg => arg == "OUT" ? Path.Combine(_folder, "out.npz") : arg), "--json"];
        var run = CommandRun.Of(args);
        using var result = JsonDocument.Parse(run.Output);
        Assert.True(result.RootElement.TryGetProperty(key, out _), run.Output);

        var refused = CommandRun.Of([.. args, "--whatever"]);
        using var error = JsonDocument.Parse(refused.Output);
        Assert.Equal((ExitCodes.BadInput, ExitCodes.BadInput), (refused.Code, error.RootElement.GetProperty("exitCode").GetInt32()));
    }

    [Theory]
    [InlineData("file", "probe")]
    [InlineData("file", "speed", "--seconds", "1000")]
    [InlineData("file", "doctor-benchmark")]
    [InlineData("folder", "run", "--steps", "100000000")]
    public void Output_ThatCannotBeWrittenIsRefusedBeforeAnyWork(string what, params string[] args)
    {
        CommandRun.Of([.. args, "--output", "/proc/nowhere/out.npz"]).RequireRefusal($"--output /proc/nowhere/out.npz: the {what} cannot be written (");
    }

    [Fact]
    public void Run_PrintsJsonAndNothingElse()
    {
        var run = CommandRun.Of(["run", "--json", "--output", Path.Combine(_folder, "out"), .. Small]);
        using var summary = JsonDocument.Parse(run.Output);
        Assert.Equal("completed", summary.RootElement.GetProperty("end").GetProperty("kind").GetString());
        Assert.Equal(File.ReadAllText(Path.Combine(_folder, "out", "summary.json")), run.Output);

        var failed = CommandRun.Of("check", "--json", Path.Combine(_folder, "missing.npz"));
        using var error = JsonDocument.Parse(failed.Output);
        Assert.Equal(ExitCodes.BadInput, error.RootElement.GetProperty("exitCode").GetInt32());
        Assert.Equal($"rnncompare: {error.RootElement.GetProperty("error").GetString()}{Environment.NewLine}", failed.Error);
    }

    [Fact]
    public void Run_RefusesAFolderWithResults()
    {
        var output = Path.Combine(_folder, "out");
        string[] args = ["run", "--output", output, .. Small];
        Assert.Equal(ExitCodes.Success, CommandRun.Of(args).Code);
        CommandRun.Of(args).RequireRefusal($"--output {output}: the folder has the results of a run in it; --force replaces them");
        Assert.Equal(ExitCodes.Success, CommandRun.Of([.. args, "--force"]).Code);
        CommandRun.Of("run", "--resume", output).RequireRefusal("the run is complete; nothing is left to do.");
        CommandRun.Of("run", "--resume", _folder).RequireRefusal("there is no run");
        CommandRun.Of("run", "--resume", output, "--steps", "9").RequireRefusal("--steps cannot be given as well");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void FullOutput_LeavesResultsInFiles(int writes)
    {
        using var full = new FillingWriter(writes);
        using var error = new StringWriter();
        var output = Path.Combine(_folder, "out");
        Assert.Equal(ExitCodes.Refused, CommandLine.Run(["run", "--output", output, .. Small], full, error));
        Assert.EndsWith($"rnncompare: results cannot be written to standard output: No space left on device{Environment.NewLine}", error.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(output, "summary.json")));
    }

    [Fact]
    public void LostTerminal_EndsNothing()
    {
        using var gone = new FillingWriter(0);
        using var output = new StringWriter();
        Assert.Equal(ExitCodes.Success, CommandLine.Run(["run", "--output", Path.Combine(_folder, "out"), .. Small], output, gone));
        Assert.Contains("All 4 steps were made.", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"name\": \"\\ud800\" }", "line 1: an escape \\u stands for half a character")]
    [InlineData("{ \"task\": \"\u00ff\" }", "line 1: byte 0xff is no valid UTF-8.")]
    [InlineData("{ \"\\udc00\": 1 }", "line 1: an escape \\u stands for half a character")]
    public void Config_OfDamagedTextIsRefusedInOneLine(string text, string message)
    {
        var path = Path.Combine(_folder, "c.json");
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(text));
        CommandRun.Of("run", path).RequireRefusal(message);
    }

    [Fact]
    public void Sentiment_OfAnotherFormatIsAShortLine()
    {
        var path = Path.Combine(_folder, "data.json");
        File.WriteAllText(path, $"{{\"train\": {{\"a b\": \"{new string('x', 60_000)}\"}}, \"test\": {{}}}}");
        var run = CommandRun.Of("run", "sentiment", "--set", $"data={path}");
        run.RequireRefusal("of train is ");
        Assert.InRange(run.Error.Length, 0, 500);
        File.WriteAllText(path, """{"train": {"\ud800": true}, "test": {"b": true}}""");
        CommandRun.Of("run", "sentiment", "--set", $"data={path}").RequireRefusal("half a character");
    }

    [Fact]
    public void UnexpectedFailure_IsOneLine()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(ExitCodes.Internal, Failure.Of(new InvalidOperationException("a\nb\tc")).Tell(output, error, asJson: false));
        Assert.Equal($"rnncompare: a mistake in this program, please report it with what you typed: InvalidOperationException: a b c{Environment.NewLine}", error.ToString());
        Assert.Equal(ExitCodes.Refused, Failure.Of(new InsufficientMemoryException("x")).ExitCode);
        Assert.Equal(ExitCodes.Refused, Failure.Of(new AggregateException(new IOException("x"))).ExitCode);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A disk that is full after some writes.</summary>
    private sealed class FillingWriter(int writes) : StringWriter
    {
        private int _left = writes;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(string? value)
        {
            if (_left-- <= 0)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}
