namespace RnnCompare.Prototypes.Files;

/// <summary>Files that are there whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside the target, on to the disk, and only then renames over it: an interrupted save leaves the old file.</summary>
    /// <param name="path">The file to create or to replace; its folder exists.</param>
    /// <param name="write">Writes the contents. Where it throws, the old file stays.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var temporary = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
