using System.Globalization;
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

/// <summary>The folder that a run leaves its results in.</summary>
public sealed class RunFolder
{
    private RunFolder(string path) => Path = path;

    /// <summary>The folder's path.</summary>
    public string Path { get; }

    /// <summary>Creates the folder, so that a run does not find at its end that it cannot.</summary>
    /// <param name="output">Where; null for the next free <c>runs/name-n</c> in the current folder.</param>
    /// <param name="name">The run's name.</param>
    /// <exception cref="InputException">The folder cannot be created.</exception>
    public static RunFolder Create(string? output, string name)
    {
        var path = output ?? Free(name);
        try
        {
            return new(Directory.CreateDirectory(path).FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"--output {path}: the folder cannot be created ({e.Message}).", e);
        }
    }

    /// <summary>The name of the file with an engine's trained weights.</summary>
    public static string WeightsFile(RunResult result, ContenderResult contender)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(contender);
        return $"weights-{contender.Name.Replace(' ', '-')}.{result.Config.WeightsFormat}";
    }

    /// <summary>Writes <c>config.json</c>, <c>metrics.csv</c>, <c>summary.json</c>, <c>summary.md</c>, <c>flow.json</c>, each engine's trained weights and <c>report.html</c>, each whole or not at all.</summary>
    public void Write(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Write("config.json", ConfigFile.Write(result.Config));
        Write("metrics.csv", MetricsCsv.Write(result));
        Write("summary.json", SummaryJson.Write(result));
        if (result.Groups.Any(group => group.Flow is not null))
        {
            Write("flow.json", FlowJson.Write(new([.. result.Groups.Select(group => group.Flow).OfType<FlowCase>()], [])));
        }

        WriteSummary(result.Config.Name, result.End.Sentence, RunReport.Tables(result));
        foreach (var contender in result.Contenders.Where(contender => contender.Weights is not null))
        {
            ArrayFile.Write(System.IO.Path.Combine(Path, WeightsFile(result, contender)), contender.Weights!);
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
        Write("config.json", ConfigFile.Write(config));
        Write("metrics.csv", MetricsCsv.Write(runs));
        Write("summary.json", SummaryJson.Write(runs[0], summary));
        WriteSummary(config.Name, $"{runs.Count} seeds; each has a folder of its own.", [SeedTable.Of(summary)]);
        WriteReport();
    }

    /// <summary>Writes <c>config.json</c>, <c>summary.json</c>, <c>summary.md</c> and <c>report.html</c> of a worked example, each whole or not at all.</summary>
    public void Write(ExampleResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Write("config.json", ConfigFile.Write(result.Config));
        Write("summary.json", ExampleJson.Write(result));
        WriteSummary(result.Config.Name, result.Sentence, result.Tables);
        WriteReport();
    }

    /// <summary>Writes <c>report.html</c> from what the folder's other files say.</summary>
    public void WriteReport() => Write("report.html", ReportPage.Write(RunReader.Read(Path)));

    /// <summary>Writes <c>config.json</c>, <c>flow.json</c>, <c>summary.md</c> and <c>report.html</c> of a measurement of gradient flow, each whole or not at all.</summary>
    public void Write(ExperimentConfig config, FlowResult result)
    {
        ArgumentNullException.ThrowIfNull(config);
        Write("config.json", ConfigFile.Write(config));
        Write("flow.json", FlowJson.Write(result));
        WriteSummary(config.Name, "How gradients flow.", FlowTables.Of(result));
        WriteReport();
    }

    private void WriteSummary(string name, string sentence, IEnumerable<ReportTable> tables)
    {
        Write("summary.md", $"# {name}\n\n{sentence}\n\n{string.Concat(tables.Select(table => table.ToMarkdown() + "\n"))}".TrimEnd('\n') + "\n");
    }

    private void Write(string name, string text)
    {
        AtomicFile.Write(System.IO.Path.Combine(Path, name), stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    private static string Free(string name)
    {
        for (var n = 1; ; n++)
        {
            var path = System.IO.Path.Combine("runs", string.Create(CultureInfo.InvariantCulture, $"{name}-{n}"));
            if (!System.IO.Path.Exists(path))
            {
                return path;
            }
        }
    }
}
