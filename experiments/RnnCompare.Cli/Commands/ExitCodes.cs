namespace RnnCompare.Cli.Commands;

/// <summary>What the program tells its caller. A process that a signal ended has 128 and the signal's number.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>The engines disagree, or training diverged.</summary>
    public const int Finding = 1;

    /// <summary>What was given cannot be used; one line on stderr says what and where.</summary>
    public const int BadInput = 2;

    /// <summary>The machine refused: a full disk, a folder without permission, no memory, an output that is closed. One line on stderr says which.</summary>
    public const int Refused = 3;

    /// <summary>The program has a mistake of its own; one line on stderr says what is known.</summary>
    public const int Internal = 4;

    /// <summary>What a signal's number is added to.</summary>
    public const int Signal = 128;

    /// <summary>The codes that every command has, as help says them.</summary>
    public const string OfEveryCommand = """
        Exit codes of every command: 0 done; 2 what was given cannot be used; 3 the machine refused (a full disk, a missing
        permission, no memory, a closed output); 4 a mistake in the program; 130, 143 and 129 ended early by Ctrl-C, SIGTERM
        and SIGHUP, with what was measured until then.
        """;
}
