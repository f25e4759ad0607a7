using System.Diagnostics;
using System.Globalization;

namespace RnnCompare.Cli.Tests;

/// <summary>The program as a process of its own: signals, sudden death, streams and devices, folders that refuse.</summary>
public sealed class ProcessTests : IDisposable
{
    private const int Kills = 20;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public void Signal_KeepsWhatWasMeasured(string signal, int code)
    {
        var output = Path.Combine(_folder, "out");
        using var process = Start("run", "--engines", "manual", "--set", "hiddenSize=8", "--set", "logEvery=100", "--steps", "100000000", "--output", output);
        WaitForRows(Path.Combine(output, "metrics.csv"), process);
        Shell($"kill -{signal} {process.Id}");
        var (exit, shown, error) = End(process);
        Assert.True(exit == code, $"exit {exit}, expected {code}: {error}");
        Assert.Contains("Stopped after step ", shown, StringComparison.Ordinal);
        Assert.Contains($"To go on: rnncompare run --resume {output}", shown, StringComparison.Ordinal);
        string[] files = ["checkpoint.safetensors", "config.json", "metrics.csv", "summary.json", "summary.md", "weights-manual.safetensors"];
        Assert.Subset(Directory.GetFiles(output).Select(file => Path.GetFileName(file)!).ToHashSet(), files.ToHashSet());
    }

    [Fact]
    public void Signal_EndsEveryLongCommandWithItsCode()
    {
        var (run, benchmark) = (Path.Combine(_folder, "run"), Path.Combine(_folder, "benchmark.md"));
        (string Signal, int Code, string[] Args)[] cases =
        [
            ("INT", 130, ["speed", "--cells", "tanh", "--points", "1", "--seconds", "600"]),
            ("TERM", 143, ["doctor-benchmark", "--half", "catalogue", "--cases", "100000", "--output", benchmark]),
            ("HUP", 129, ["flow", "--along", "100", "--set", "steps=100000000"]),
            ("INT", 130, ["verify", "--no-remedies"]),

            // Far from its first step: gradients are compared before.
            ("TERM", 143, ["run", "--set", "hiddenSize=128", "--set", "batchSize=16", "--set", "sequenceLength=100", "--output", run]),
        ];
        var processes = cases.Select(each => Start(each.Args)).ToArray();
        while (!File.Exists(Path.Combine(run, "metrics.csv")))
        {
            Assert.False(processes[^1].HasExited, "it ended before it was told to");
            Thread.Sleep(20);
        }

        // All at once: those that go on would slow the others down.
        Shell(string.Join(';', processes.Zip(cases, (process, each) => $"kill -{each.Signal} {process.Id}")));
        foreach (var (process, (_, code, args)) in processes.Zip(cases))
        {
            using (process)
            {
                var (exit, _, error) = End(process);
                Assert.True(exit == code, $"{args[0]}: exit {exit}, expected {code}: {error}");
                Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
            }
        }

        Assert.True(File.Exists(Path.Combine(run, "config.json")));
    }

    /// <summary>
    /// Killed again and again at moments that a seed draws, over the whole of the run: start, training, checkpoints, results. How often
    /// depends on the machine: as often as fits into the budget, at most <see cref="Kills"/> times; RNNCOMPARE_KILLS=n makes it n times.
    /// </summary>
    [Fact]
    public void SuddenDeath_LosesNothing()
    {
        string[] args = ["run", "--engines", "manual", "--set", "hiddenSize=24", "--set", "checkpointEvery=50", "--set", "optimizer=adam", "--steps", "3000"];
        var whole = Path.Combine(_folder, "whole");
        var clock = Stopwatch.StartNew();
        using (var undisturbed = Start([.. args, "--output", whole]))
        {
            Assert.Equal(0, End(undisturbed).Code);
        }

        var (length, random) = (clock.Elapsed, new Random(13));
        var wanted = Environment.GetEnvironmentVariable("RNNCOMPARE_KILLS") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : 0;
        clock.Restart();
        for (var round = 0; wanted > 0 ? round < wanted : round < Kills && clock.Elapsed < Budget; round++)
        {
            var cut = Path.Combine(_folder, $"cut{round}");
            using (var doomed = Start([.. args, "--output", cut]))
            {
                doomed.WaitForExit(length * random.NextDouble());
                doomed.Kill();
                End(doomed);
            }

            if (!File.Exists(Path.Combine(cut, "config.json")))
            {
                continue; // before the first second was over, there is nothing to lose
            }

            using var resumed = Start("run", "--resume", cut);
            var (code, _, error) = End(resumed);
            Assert.True(code == 0 || error.Contains("the run is complete", StringComparison.Ordinal), $"round {round}: exit {code}: {error}");
            Assert.Equal(Files(whole), Files(cut));
        }
    }

    [Fact]
    public void StreamsAndDevices_AreReadOrRefused()
    {
        var prototype = Path.Combine(_folder, "p.npz");
        Assert.Equal(0, CommandRun.Of("probe", "--output", prototype).Code);
        var (code, _, refusal) = RunShell($"{Program()} check <(cat {prototype})");
        Assert.Equal((2, true), (code, refusal.Contains("there is nothing to check", StringComparison.Ordinal)));
        (code, _, refusal) = RunShell($"cat {prototype} | {Program()} check /dev/stdin");
        Assert.Equal((2, true), (code, refusal.Contains("there is nothing to check", StringComparison.Ordinal)));
        (code, _, _) = RunShell($"yes 'to be or not to be' | head -200 | {Program()} run --text /dev/stdin --steps 3 --engines manual --output {_folder}/t");
        Assert.Equal(0, code);

        Shell($"mkfifo {_folder}/pipe");
        CommandRun.Of("check", Path.Combine(_folder, "pipe")).RequireRefusal("is a named pipe, expected a file.");
        CommandRun.Of("run", "--text", Path.Combine(_folder, "pipe")).RequireRefusal("is a named pipe, expected a file.");
        CommandRun.Of("check", "/dev/zero").RequireRefusal("/dev/zero: is a device, expected a file.");
        CommandRun.Of("run", "/dev/null").RequireRefusal("/dev/null: is a device, expected a file.");
    }

    [Fact]
    public void Output_ThatIsFullOrClosedIsOneLine()
    {
        var (code, _, error) = RunShell($"{Program()} info >/dev/full");
        Assert.Equal((3, 1), (code, error.Count(c => c == '\n')));
        (code, _, error) = RunShell($"{Program()} info >&-");
        Assert.True(code is 0 or 3, error);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Equal(0, RunShell($"{Program()} help | head -1").Code);
    }

    [Fact]
    public void FullDisk_LeavesTheTableOnTheScreen()
    {
        var disk = Path.Combine(_folder, "disk");
        Directory.CreateDirectory(disk);
        if (RunShell($"mount -t tmpfs -o size=48k none {disk}").Code != 0)
        {
            TestContext.Current.SendDiagnosticMessage("FullDisk_LeavesTheTableOnTheScreen: a small file system cannot be mounted here; RunFolderFaultTests has the same with streams.");
            return;
        }

        try
        {
            var (code, shown, error) = RunShell($"{Program()} run --engines manual --steps 300 --set hiddenSize=64 --set checkpointEvery=10 --output {disk}/run");
            Assert.Equal(3, code);
            Assert.Contains("All 300 steps were made.", shown, StringComparison.Ordinal);
            Assert.Contains("weights-manual.safetensors was not written: No space left on device", error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }
        finally
        {
            Shell($"umount {disk}");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Metrics without the times, and the weights.
    private static string[] Files(string path) =>
    [
        .. File.ReadAllLines(Path.Combine(path, "metrics.csv")).Select(line => line[..line.LastIndexOf(',')]),
        Convert.ToHexString(File.ReadAllBytes(Path.Combine(path, "weights-manual.safetensors"))),
    ];

    private static void WaitForRows(string path, Process process)
    {
        while (!File.Exists(path) || new FileInfo(path).Length < 500)
        {
            Assert.False(process.HasExited, "it ended before it was told to");
            Thread.Sleep(20);
        }
    }

    private static string Program() => $"dotnet {Path.Combine(AppContext.BaseDirectory, "RnnCompare.Cli.dll")}";

    // Who runs the tests in the background may have told their children to ignore Ctrl-C.
    private static Process Start(params string[] args) => Begin(new("env", ["--default-signal=INT,TERM,HUP", "dotnet", Path.Combine(AppContext.BaseDirectory, "RnnCompare.Cli.dll"), .. args]));

    private static Process Begin(ProcessStartInfo info)
    {
        (info.RedirectStandardOutput, info.RedirectStandardError) = (true, true);
        return Process.Start(info)!;
    }

    private static (int Code, string Output, string Error) End(Process process)
    {
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"It hangs: {process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)}");
        }

        return (process.ExitCode, output.Result, error.Result);
    }

    private static (int Code, string Output, string Error) RunShell(string command)
    {
        using var process = Begin(new("bash", ["-c", command]));
        return End(process);
    }

    private static void Shell(string command) => Assert.Equal(0, RunShell(command).Code);
}
