namespace RnnCompare.Experiments;

/// <summary>Tells before any work whether its results can be written.</summary>
public static class OutputPlace
{
    /// <summary>Makes sure that a file can be written, by writing another beside it.</summary>
    /// <param name="path">The file, which may exist.</param>
    /// <param name="where">The option that names it, for the message.</param>
    /// <exception cref="InputException">It cannot.</exception>
    public static void RequireFile(string path, string where = "--output")
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
        {
            throw new InputException($"{where} {path}: the file cannot be written (it is a folder).");
        }

        Try(Path.GetDirectoryName(Path.GetFullPath(path))!, $"{where} {path}: the file cannot be written");
    }

    /// <summary>Makes sure that a folder can be written or, where there is none yet, created.</summary>
    /// <inheritdoc cref="RequireFile" path="/param"/>
    /// <inheritdoc cref="RequireFile" path="/exception"/>
    public static void RequireFolder(string path, string where = "--output")
    {
        ArgumentNullException.ThrowIfNull(path);
        var folder = Path.GetFullPath(path);
        while (!Path.Exists(folder) && Path.GetDirectoryName(folder) is { } above)
        {
            folder = above;
        }

        Try(folder, $"{where} {path}: the folder cannot be written");
    }

    private static void Try(string folder, string message)
    {
        try
        {
            using var trial = new FileStream(Path.Combine(folder, $".{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{message} ({e.Message}).", e);
        }
    }
}
