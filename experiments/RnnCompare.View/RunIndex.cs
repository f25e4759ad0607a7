using System.Collections.Concurrent;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.View;

/// <summary>The runs below a folder. A run is read again only when its files have changed.</summary>
internal sealed class RunIndex(string root)
{
    private readonly string _root = Path.GetFullPath(root);
    private readonly ConcurrentDictionary<string, (string Stamp, RunRow Row)> _known = new(StringComparer.Ordinal);

    /// <summary>All runs as they are now, in the order of their paths.</summary>
    public IReadOnlyList<RunRow> Rows()
    {
        var folders = RunReader.Find(_root);
        var rows = folders.AsParallel().AsOrdered().Select(Row).ToArray();
        foreach (var gone in _known.Keys.Except(folders))
        {
            _known.TryRemove(gone, out _);
        }

        return rows;
    }

    /// <summary>The folder of a run; null where there is no such run. Only what was found below the root can be named.</summary>
    public string? Folder(string id) => RunReader.Find(_root).FirstOrDefault(folder => Id(folder) == id);

    /// <summary>Whatever changes when a run's files do.</summary>
    public static string Stamp(string folder)
    {
        var files = new DirectoryInfo(folder).EnumerateFiles().Where(file => file.Extension is ".json" or ".csv").OrderBy(file => file.Name, StringComparer.Ordinal);
        return string.Join(';', files.Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
    }

    /// <summary>Whatever changes when any run's files do.</summary>
    public string Stamp() => string.Join('\n', RunReader.Find(_root).Select(folder => $"{folder} {SafeStamp(folder)}"));

    private RunRow Row(string folder)
    {
        var stamp = SafeStamp(folder);
        var known = _known.AddOrUpdate(
            folder,
            _ => (stamp, RunRow.Read(Id(folder), folder)),
            (_, old) => old.Stamp == stamp ? old : (stamp, RunRow.Read(Id(folder), folder)));
        return known.Row;
    }

    private string Id(string folder)
    {
        var relative = Path.GetRelativePath(_root, folder).Replace('\\', '/');
        return relative == "." ? Path.GetFileName(_root) : relative;
    }

    // A folder may go while it is looked at.
    private static string SafeStamp(string folder)
    {
        try
        {
            return Stamp(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
