using System.Text;

namespace RnnCompare.Prototypes.Files;

/// <summary>Files that are there whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>How the files end that an interrupted save leaves behind; the next one may delete them.</summary>
    public const string Unfinished = ".tmp";

    /// <summary>Writes beside the target, on to the disk, and only then renames over it: an interrupted save leaves the old file.</summary>
    /// <param name="path">The file to create or to replace; its folder exists.</param>
    /// <param name="write">Writes the contents. Where it throws, the old file stays.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file does not let it.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, file => new FileStream(file, FileMode.CreateNew, FileAccess.ReadWrite));

    /// <summary>Writes a text in UTF-8.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes through a stream of the caller's.</summary>
    /// <param name="path">The file to create or to replace.</param>
    /// <param name="write">Writes the contents.</param>
    /// <param name="create">Creates a file of a name that is given.</param>
    public static void Write(string path, Action<Stream> write, Func<string, Stream> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(create);
        var temporary = $"{path}.{Path.GetRandomFileName()}{Unfinished}";
        try
        {
            using (var stream = create(temporary))
            {
                write(stream);
                stream.Flush();
                (stream as FileStream)?.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            SystemCalls.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why the file could not be written says more.
        }
    }
}
