using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.View;

/// <summary>The runs below a folder. A run is read again only when its files have changed.</summary>
internal sealed class RunIndex(string root)
{
    private readonly string _root = Path.GetFullPath(root);
    private readonly Lock _reading = new();
    private Dictionary<string, (string Stamp, RunRow Row)> _known = new(StringComparer.Ordinal);

    /// <summary>All runs as they are now, in the order of their paths, and a stamp that changes when any of them does.</summary>
    public (string Stamp, IReadOnlyList<RunRow> Rows) Look()
    {
        var (folders, stamps, stamp) = Stamps();
        lock (_reading)
        {
            var known = _known;
            var rows = folders.Zip(stamps).AsParallel().AsOrdered().Select(pair => known.TryGetValue(pair.First, out var old) && old.Stamp == pair.Second
                ? old.Row
                : RunRow.Read(Id(pair.First), pair.First)).ToArray();
            _known = folders.Zip(stamps, rows).ToDictionary(each => each.First, each => (each.Second, each.Third), StringComparer.Ordinal);
            return (stamp, rows);
        }
    }

    /// <summary>Whatever changes when a run comes or goes, or the config or the summary of one changes: all that the list shows.</summary>
    public string Stamp() => Stamps().Stamp;

    /// <summary>The folder of a run; null where there is no such run. Only what was found below the root can be named.</summary>
    public string? Folder(string id) => RunReader.Find(_root).FirstOrDefault(folder => Id(folder) == id);

    /// <summary>The folders of some runs by their ids, in their order; those that do not exist are left out.</summary>
    public IReadOnlyList<(string Id, string Folder)> Folders(IEnumerable<string> ids)
    {
        var folders = RunReader.Find(_root).ToDictionary(Id);
        return [.. ids.Where(folders.ContainsKey).Select(id => (id, folders[id]))];
    }

    /// <summary>Whatever changes when a run's files do, those of its seeds included.</summary>
    public static string StampOf(string folder)
    {
        try
        {
            var files = new[] { folder }.Concat(RunReader.SeedFolders(folder))
                .SelectMany(each => new DirectoryInfo(each).EnumerateFiles())
                .Where(file => file.Extension is ".json" or ".csv")
                .OrderBy(file => file.FullName, StringComparer.Ordinal);
            return string.Join(';', files.Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder may go while it is looked at.
            return e.Message;
        }
    }

    private (IReadOnlyList<string> Folders, string[] Stamps, string Stamp) Stamps()
    {
        var folders = RunReader.Find(_root);
        string[] stamps = [.. folders.Select(folder => string.Join(' ', RunReader.SummaryFiles.Select(name => Of(Path.Combine(folder, name)))))];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (folder, stamp) in folders.Zip(stamps))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{folder}\n{stamp}\n"));
        }

        return (folders, stamps, Convert.ToHexStringLower(hash.GetHashAndReset()));

        static string Of(string path)
        {
            var file = new FileInfo(path);
            return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}") : "";
        }
    }

    private string Id(string folder)
    {
        var relative = Path.GetRelativePath(_root, folder).Replace('\\', '/');
        return relative == "." ? Path.GetFileName(Path.TrimEndingDirectorySeparator(_root)) : relative;
    }
}
