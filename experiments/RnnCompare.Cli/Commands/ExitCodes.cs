namespace RnnCompare.Cli.Commands;

/// <summary>What the program tells its caller.</summary>
internal static class ExitCodes
{
    /// <summary>Done, also where the user ended it early.</summary>
    public const int Success = 0;

    /// <summary>The engines disagree, or training diverged.</summary>
    public const int Finding = 1;

    /// <summary>What was given cannot be used; one line on stderr says what and where.</summary>
    public const int BadInput = 2;
}
