using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Report;
using RnnCompare.Experiments.Results.Reading;
using RnnCompare.Experiments.Examples;
using RnnCompare.Experiments.Flow;
using RnnCompare.Experiments.Flow.Sweeps;
using RnnCompare.Experiments.Results.Seeds;
using RnnCompare.Experiments.Training;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Experiments.Results;

/// <summary>The folder of a run: its config and its curves from the first second, checkpoints on the way, results at the end.</summary>
/// <remarks>
/// One process owns it at a time. What cannot be written (a full disk) ends nothing: the run goes on, the rest is written,
/// and <see cref="NotWritten"/> says what is missing.
/// </remarks>
public sealed class RunFolder : IRunKeeper, IDisposable
{
    /// <summary>The file of the last checkpoint; it is there as long as a run can go on from it.</summary>
    public const string CheckpointFile = "checkpoint.safetensors";

    private const string ConfigFileName = "config.json";
    private const string MetricsFile = "metrics.csv";
    private const string SummaryFile = "summary.json";
    private const string FlowFile = "flow.json";
    private const string ReportFile = "report.html";
    private const string ConfigText = "config";
    private const string DataText = "sha256 of data";

    private readonly FolderLock _lock;
    private readonly Func<string, Stream> _create;
    private readonly Dictionary<string, string> _notWritten = [];
    private StreamWriter? _metrics;
    private CheckpointClock _clock = new(0);
    private string _config = "";
    private string _data = "";

    private RunFolder(FolderLock held, Func<string, Stream>? create)
    {
        _lock = held;
        _create = create ?? (file => new FileStream(file, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read));
        foreach (var file in Directory.EnumerateFiles(Path, "*" + AtomicFile.Unfinished))
        {
            File.Delete(file);
        }
    }

    /// <summary>The folder's path.</summary>
    public string Path => _lock.Folder;

    /// <summary>What is missing, a line for each file with the reason; nothing where all is there.</summary>
    public IEnumerable<string> NotWritten => _notWritten.Select(pair => $"{System.IO.Path.Combine(Path, pair.Key)} was not written: {pair.Value}");

    /// <summary>Creates the folder of a new run and writes its config, so that a run does not find at its end that it cannot.</summary>
    /// <param name="output">Where; null for the next free <c>runs/name-n</c> in the current folder.</param>
    /// <param name="config">The config as resolved.</param>
    /// <param name="force">Whether results that are there may be replaced.</param>
    /// <exception cref="InputException">The folder cannot be written, has results in it, or is in use.</exception>
    public static RunFolder Create(string? output, ExperimentConfig config, bool force = false) => Create(output, config, force, create: null);

    /// <summary>Takes up a run that ended before it was complete.</summary>
    /// <param name="path">Its folder.</param>
    /// <returns>The folder, the run's config, and the last checkpoint; null where it had not come to one.</returns>
    /// <exception cref="InputException">There is no such run, or nothing is left to do, or another process is at it.</exception>
    public static (RunFolder Folder, ExperimentConfig Config, NamedArrays? Checkpoint) Resume(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var config = System.IO.Path.Combine(path, ConfigFileName);
        if (!File.Exists(config))
        {
            throw new InputException($"--resume {path}: there is no run; expected a folder with {ConfigFileName}.");
        }

        var folder = new RunFolder(FolderLock.Take(path), create: null);
        try
        {
            var file = System.IO.Path.Combine(path, CheckpointFile);
            var checkpoint = File.Exists(file) ? InputFile.ReadArrays(file) : null;
            if (checkpoint is null && File.Exists(System.IO.Path.Combine(path, SummaryFile)))
            {
                throw new InputException($"--resume {path}: the run is complete; nothing is left to do.");
            }

            // The checkpoint's own config, where there is one: nothing that was edited since can mix two runs.
            folder._config = checkpoint is null ? File.ReadAllText(config) : checkpoint.GetText(ConfigText);
            var values = ConfigFile.Parse(Encoding.UTF8.GetBytes(folder._config), config, Environment.CurrentDirectory);
            var resolved = GivenValue.Resolve(values);
            folder._clock = new(resolved.CheckpointEvery);
            folder._data = HashOf(resolved.Data);
            if (checkpoint is not null && folder._data.Length > 0 && checkpoint.TryGet(DataText, out _) && checkpoint.GetText(DataText) != folder._data)
            {
                throw new InputException($"--resume {path}: {resolved.Data} is not what it was when the run began (SHA-256 {checkpoint.GetText(DataText)[..12]}… then, {folder._data[..12]}… now); a run goes on from the same data only.");
            }

            return (folder, resolved, checkpoint);
        }
        catch (InvalidDataException e)
        {
            folder.Dispose();
            throw new InputException(e.Message, e);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The name of the file with an engine's trained weights.</summary>
    public static string WeightsFile(RunResult result, ContenderResult contender)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(contender);
        return $"weights-{contender.Name.Replace(' ', '-')}.{result.Config.WeightsFormat}";
    }

    /// <inheritdoc/>
    public void Begin(IEnumerable<NotedPoint> noted)
    {
        Try(MetricsFile, () =>
        {
            AtomicFile.Write(In(MetricsFile), stream => stream.Write(Encoding.UTF8.GetBytes(MetricsCsv.Headers + string.Concat(noted.Select(MetricsCsv.Row)))), _create);
            _metrics = new(new FileStream(In(MetricsFile), FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
        });
    }

    /// <inheritdoc/>
    public void Note(NotedPoint point) => Try(MetricsFile, () => _metrics?.Write(MetricsCsv.Row(point)));

    /// <inheritdoc/>
    public bool WantsCheckpoint(int step) => _clock.IsDue(step);

    /// <inheritdoc/>
    public void Keep(NamedArrays checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        checkpoint.Add(ConfigText, _config);
        if (_data.Length > 0)
        {
            checkpoint.Add(DataText, _data);
        }

        Try(CheckpointFile, () => ArrayFile.Write(In(CheckpointFile), checkpoint, _create));
    }

    /// <summary>Writes <c>summary.json</c>, <c>summary.md</c>, <c>flow.json</c>, each engine's trained weights and <c>report.html</c>, each whole or not at all.</summary>
    public void Write(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _metrics?.Dispose();
        if (_notWritten.Remove(MetricsFile) || _metrics is null)
        {
            Write(MetricsFile, MetricsCsv.Write(result));
        }

        foreach (var contender in result.Contenders.Where(contender => contender.Weights is not null))
        {
            var file = WeightsFile(result, contender);
            Try(file, () => ArrayFile.Write(In(file), contender.Weights!, _create));
        }

        if (result.Groups.Any(group => group.Flow is not null || group.FlowAlong.Count > 0))
        {
            Write(FlowFile, FlowJson.Write(new([.. result.Groups.Select(group => group.Flow).OfType<FlowCase>()], [.. result.Groups.SelectMany(group => group.FlowAlong)])));
        }

        WriteSummary(result.Config.Name, result.End.Sentence, RunReport.Tables(result));

        // Last: whoever finds it finds the rest.
        Write(SummaryFile, SummaryJson.Write(result));
        if (result.End.Kind != RunEndKind.Cancelled && _notWritten.Keys.All(file => file == CheckpointFile))
        {
            _notWritten.Remove(CheckpointFile);
            File.Delete(In(CheckpointFile));
        }

        WriteReport();
    }

    /// <summary>Writes what several seeds have in common, beside the folders of their runs: the same files, but no weights.</summary>
    /// <param name="config">The config with its seeds.</param>
    /// <param name="runs">A run for each seed.</param>
    public void Write(ExperimentConfig config, IReadOnlyList<RunResult> runs)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(runs);
        var summary = SeedSummary.Of(runs);
        Write(MetricsFile, MetricsCsv.Write(runs));
        WriteSummary(config.Name, $"{runs.Count} seeds; each has a folder of its own.", [SeedTable.Of(summary)]);
        Write(SummaryFile, SummaryJson.Write(runs[0], summary));
        WriteReport();
    }

    /// <summary>Writes <c>config.json</c>, <c>summary.json</c>, <c>summary.md</c> and <c>report.html</c> of a worked example, each whole or not at all.</summary>
    public void Write(ExampleResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        WriteSummary(result.Config.Name, result.Sentence, result.Tables);
        Write(SummaryFile, ExampleJson.Write(result));
        WriteReport();
    }

    /// <summary>Writes <c>report.html</c> from what the folder's other files say.</summary>
    public void WriteReport()
    {
        if (_notWritten.Count > 0)
        {
            _notWritten[ReportFile] = "files that it is made from are missing";
            return;
        }

        Write(ReportFile, ReportPage.Write(RunReader.Read(Path)));
    }

    /// <summary>Lets go of the folder.</summary>
    public void Dispose()
    {
        _metrics?.Dispose();
        _lock.Dispose();
    }

    // The last argument creates a file of a name.
    internal static RunFolder Create(string? output, ExperimentConfig config, bool force, Func<string, Stream>? create)
    {
        var folder = new RunFolder(output is null ? NextFree(config.Name) : Empty(output, force), create) { _config = ConfigFile.Write(config), _clock = new(config.CheckpointEvery), _data = HashOf(config.Data) };
        try
        {
            AtomicFile.Write(folder.In(ConfigFileName), stream => stream.Write(Encoding.UTF8.GetBytes(folder._config)), folder._create);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            folder.Dispose();
            throw new InputException($"{folder.Path}: the folder cannot be written ({e.Message}).", e);
        }
    }

    // Of a file's bytes; empty where the data are the program's own, or stand in no file that could be read again.
    private static string HashOf(string path)
    {
        return new FileInfo(path.Length > 0 ? path : ".") is { Exists: true, Length: > 0 } ? Convert.ToHexStringLower(SHA256.HashData(InputFile.ReadBytes(path))) : "";
    }

    private static FolderLock Empty(string path, bool force)
    {
        var held = FolderLock.Take(path);
        string[] results = [.. new[] { ConfigFileName, MetricsFile, SummaryFile, FlowFile, ReportFile, CheckpointFile }.Select(name => System.IO.Path.Combine(held.Folder, name)).Where(File.Exists)];
        if (results.Length > 0 && !force)
        {
            held.Dispose();
            throw new InputException($"--output {path}: the folder has the results of a run in it; --force replaces them, --resume {path} goes on with them.");
        }

        foreach (var file in results)
        {
            File.Delete(file);
        }

        return held;
    }

    private static FolderLock NextFree(string name)
    {
        for (var n = 1; ; n++)
        {
            var path = System.IO.Path.Combine("runs", string.Create(CultureInfo.InvariantCulture, $"{name}-{n}"));

            // Two processes may find the same free name; one of them takes the next.
            if (!System.IO.Path.Exists(path) && FolderLock.TryTake(path) is { } held)
            {
                return held;
            }
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes <c>flow.json</c>, <c>summary.md</c> and <c>report.html</c> of a measurement of gradient flow, each whole or not at all.</summary>
    public void Write(ExperimentConfig config, FlowResult result)
    {
        ArgumentNullException.ThrowIfNull(config);
        Write(FlowFile, FlowJson.Write(result));
        WriteSummary(config.Name, "How gradients flow.", FlowTables.Of(result));
        WriteReport();
    }

    private void WriteSummary(string name, string sentence, IEnumerable<ReportTable> tables)
    {
        Write("summary.md", $"# {name}\n\n{sentence}\n\n{string.Concat(tables.Select(table => table.ToMarkdown() + "\n"))}".TrimEnd('\n') + "\n");
    }

    private void Write(string name, string text) => Try(name, () => AtomicFile.Write(In(name), stream => stream.Write(Encoding.UTF8.GetBytes(text)), _create));

    private void Try(string file, Action write)
    {
        try
        {
            write();
            if (file == CheckpointFile)
            {
                _notWritten.Remove(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _notWritten[file] = e.Message;
        }
    }
}
