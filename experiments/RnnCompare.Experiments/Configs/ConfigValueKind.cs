namespace RnnCompare.Experiments.Configs;

/// <summary>What a value looked like where it stood.</summary>
public enum ConfigValueKind
{
    /// <summary>Bare text of the command line, which may mean anything.</summary>
    Bare,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>A JSON string.</summary>
    Text,

    /// <summary>A JSON true or false.</summary>
    Switch,
}
