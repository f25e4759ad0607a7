using RnnCompare.Experiments.Check;

namespace RnnCompare.Experiments.Migration;

/// <summary>Folders that are there whole or not at all.</summary>
internal static class TargetFolder
{
    /// <summary>Fills a folder beside the target, which takes the target's place when it is complete.</summary>
    /// <param name="folder">The folder to create.</param>
    /// <param name="force">Whether files may go into a folder that is not empty; those of other names stay there.</param>
    /// <param name="fill">Writes into the folder that it is given. Where it throws, nothing stays, and what was there before is as it was.</param>
    /// <exception cref="InputException">The folder is not empty, or cannot be written.</exception>
    public static void Create(string folder, bool force, Action<string> fill)
    {
        Require(folder, force);
        var target = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar);
        var temporary = $"{target}.{Path.GetRandomFileName()}";
        try
        {
            Directory.CreateDirectory(temporary);
            fill(temporary);
            Place(temporary, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: {PrototypeFile.Sentence(e)}", e);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    /// <summary>Makes sure that a folder may be written.</summary>
    /// <exception cref="InputException">It may not.</exception>
    public static void Require(string folder, bool force)
    {
        if (File.Exists(folder))
        {
            throw new InputException($"{folder}: there is a file of this name; expected a new or an empty folder.");
        }

        if (!force && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new InputException($"{folder}: the folder is not empty; name another, or write into it with --force.");
        }
    }

    private static void Place(string temporary, string target)
    {
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
        {
            foreach (var file in Directory.EnumerateFiles(temporary, "*", SearchOption.AllDirectories))
            {
                var path = Path.Combine(target, Path.GetRelativePath(temporary, file));
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Move(file, path, overwrite: true);
            }

            return;
        }

        if (Directory.Exists(target))
        {
            Directory.Delete(target);
        }

        Directory.Move(temporary, target);
    }
}
