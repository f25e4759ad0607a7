using System.Globalization;
using System.Text.Json;

namespace RnnCompare.Experiments.Results.Reading;

/// <summary>Reads what a run has left in its folder, or has left so far.</summary>
public static class RunReader
{
    /// <summary>The version of the files that this program writes, and the newest that it reads.</summary>
    public const int Format = 1;

    private const string ConfigName = "config.json";
    private const string MetricsName = "metrics.csv";
    private const string SummaryName = "summary.json";
    private const string FlowName = "flow.json";

    private const string SeedPrefix = "seed-";

    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The names of the files that <see cref="ReadSummary"/> reads.</summary>
    public static IReadOnlyList<string> SummaryFiles { get; } = [ConfigName, SummaryName];

    /// <summary>The folder of a seed's run, in that of all.</summary>
    public static string SeedFolder(int seed) => string.Create(CultureInfo.InvariantCulture, $"{SeedPrefix}{seed}");

    /// <summary>The full paths of the folders of a run's seeds, in the order in which they began; none for a run of one seed.</summary>
    /// <param name="folder">The run's folder.</param>
    public static IReadOnlyList<string> SeedFolders(string folder)
    {
        return [.. new DirectoryInfo(folder).EnumerateDirectories(SeedPrefix + "*").Where(below => IsRun(below.FullName)).OrderBy(below => below.CreationTimeUtc).Select(below => below.FullName)];
    }

    /// <summary>Whether a folder is a run's.</summary>
    public static bool IsRun(string folder) => File.Exists(Path.Combine(folder, ConfigName)) || File.Exists(Path.Combine(folder, MetricsName));

    /// <summary>The folders of all runs in a folder and below it, in the order of their paths. A run's own folder is not searched further.</summary>
    /// <exception cref="InputException">There is no such folder.</exception>
    public static IReadOnlyList<string> Find(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InputException($"{folder}: there is no such folder.");
        }

        var found = new List<string>();
        var left = new Stack<string>([Path.GetFullPath(folder)]);
        while (left.TryPop(out var path))
        {
            if (IsRun(path))
            {
                found.Add(path);
                continue;
            }

            foreach (var below in new DirectoryInfo(path).EnumerateDirectories("*", new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden }))
            {
                left.Push(below.FullName);
            }
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>Everything that a run's files say.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="InputException">There is no run, or a file is damaged or of a newer version; one line names the file and the place.</exception>
    public static RecordedRun Read(string folder) => WithCurves(folder, Read(folder, withFigures: true));

    /// <summary>Everything but the list of all figures: enough for charts.</summary>
    /// <inheritdoc cref="Read(string)" path="/param"/>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static RecordedRun ReadCurves(string folder) => WithCurves(folder, Read(folder, withFigures: false));

    /// <summary>The config and the summary alone, without the curves and the list of all figures: enough for a list of many runs.</summary>
    /// <inheritdoc cref="Read(string)" path="/param"/>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static RecordedRun ReadSummary(string folder) => Read(folder, withFigures: false);

    private static RecordedRun WithCurves(string folder, RecordedRun run)
    {
        var metrics = Path.Combine(folder, MetricsName);
        var flows = ReadJson(Path.Combine(folder, FlowName), FlowReader.Read);
        return run with
        {
            Curves = File.Exists(metrics) ? MetricsReader.Read(metrics) : run.State == RunState.Unfinished ? [.. CurvesOfSeeds(folder)] : [],
            Flows = flows?.Cases ?? [],
            FlowAlong = flows?.Along ?? [],
        };
    }

    // Several seeds have a common file at the end; until then each has its own.
    private static IEnumerable<RecordedCurve> CurvesOfSeeds(string folder)
    {
        foreach (var below in SeedFolders(folder).Where(below => File.Exists(Path.Combine(below, MetricsName))))
        {
            if (int.TryParse(Path.GetFileName(below)[SeedPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
            {
                foreach (var curve in MetricsReader.Read(Path.Combine(below, MetricsName)))
                {
                    yield return curve with { Seed = seed };
                }
            }
        }
    }

    private static RecordedRun Read(string folder, bool withFigures)
    {
        if (!IsRun(folder))
        {
            throw new InputException($"{folder}: there is no run; a run's folder holds {ConfigName} and {MetricsName}.");
        }

        var config = ReadJson(Path.Combine(folder, ConfigName), ReadConfig) ?? throw new InputException($"{Path.Combine(folder, ConfigName)} is missing.");
        var summary = ReadJson(Path.Combine(folder, SummaryName), root => SummaryReader.Read(root, withFigures));
        var measuresFlowAlone = !File.Exists(Path.Combine(folder, MetricsName)) && File.Exists(Path.Combine(folder, FlowName));
        return new()
        {
            Folder = Path.GetFullPath(folder),
            Name = config.FirstOrDefault(entry => entry.Key == "name").Value ?? Path.GetFileName(Path.GetFullPath(folder)),
            Config = config,
            State = summary?.State ?? (measuresFlowAlone ? RunState.Completed : RunState.Unfinished),
            Summary = summary,
            Curves = [],
            Flows = [],
        };
    }

    private static List<KeyValuePair<string, string>> ReadConfig(JsonPlace root)
    {
        return [.. root.Entries().Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Element.ValueKind == JsonValueKind.String ? entry.Value.Text() : entry.Value.Element.GetRawText()))];
    }

    private static TResult? ReadJson<TResult>(string path, Func<JsonPlace, TResult> read)
        where TResult : class
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(InputFile.ReadBytes(path), Options);
            var root = new JsonPlace(document.RootElement, path);
            if (root.Find("format") is { } format && format.Whole() > Format)
            {
                throw new InputException($"{path}: was written by a newer version of this program (format {format.Whole()}; this one reads up to {Format}).");
            }

            return read(root);
        }
        catch (JsonException e)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{path}, line {e.LineNumber + 1}: {e.Message.Split(" LineNumber:")[0]}"), e);
        }
    }
}
