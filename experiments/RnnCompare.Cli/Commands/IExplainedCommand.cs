namespace RnnCompare.Cli.Commands;

/// <summary>A command with more to say than its options.</summary>
internal interface IExplainedCommand
{
    /// <summary>What stands below the options in its help.</summary>
    string Explanation { get; }
}
