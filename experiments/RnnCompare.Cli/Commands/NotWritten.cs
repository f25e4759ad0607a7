using RnnCompare.Experiments.Results;

namespace RnnCompare.Cli.Commands;

/// <summary>Tells of files that a run could not write.</summary>
internal static class NotWritten
{
    /// <summary>A line on stderr for each file.</summary>
    /// <returns>The exit code that follows.</returns>
    public static int Tell(RunFolder folder, TextWriter progress)
    {
        foreach (var line in folder.NotWritten)
        {
            progress.WriteLine($"rnncompare: {line}");
        }

        return folder.NotWritten.Any() ? ExitCodes.Refused : ExitCodes.Success;
    }
}
