namespace RnnCompare.Experiments.Results;

/// <summary>One process's hold on a folder. The system lets go of it however the process ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private const string Name = "in-use.lock";

    private readonly FileStream _held;

    private FolderLock(string folder, FileStream held) => (Folder, _held) = (folder, held);

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    /// <summary>Creates a folder where there is none, and takes hold of it.</summary>
    /// <exception cref="InputException">It cannot be created or written, or another process has it.</exception>
    public static FolderLock Take(string path) => TryTake(path) ?? throw new InputException($"{path}: another process is at work in this folder.");

    /// <summary>The same; null where another process has the folder.</summary>
    /// <exception cref="InputException">It cannot be created or written.</exception>
    public static FolderLock? TryTake(string path)
    {
        string folder;
        try
        {
            folder = Directory.CreateDirectory(path).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"{path}: the folder cannot be created ({e.Message}).", e);
        }

        try
        {
            return new(folder, new(Path.Combine(folder, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (IOException) when (File.Exists(Path.Combine(folder, Name)))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: the folder cannot be written ({e.Message}).", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _held.Dispose();
}
