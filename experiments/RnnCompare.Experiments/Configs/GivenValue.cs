namespace RnnCompare.Experiments.Configs;

/// <summary>A value that the user gave to a key, in a file or on the command line.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value, not yet understood.</param>
public sealed record GivenValue(ConfigKey Key, ConfigValue Value)
{
    /// <summary>A value of the command line.</summary>
    /// <param name="key">The key's name.</param>
    /// <param name="value">The value as typed; paths start from the current folder.</param>
    /// <param name="where">The option that it stands in, for messages.</param>
    /// <exception cref="InputException">There is no such key.</exception>
    public static GivenValue Of(string key, string value, string where)
    {
        return new(ConfigKeys.Named(key, where), new(value, ConfigValueKind.Bare, where, Environment.CurrentDirectory));
    }

    /// <summary>What an option <c>--set key=value</c> gives.</summary>
    /// <exception cref="InputException">It is not an assignment, or there is no such key.</exception>
    public static GivenValue Parse(string assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        return assignment.IndexOf('=', StringComparison.Ordinal) is >= 0 and var split
            ? Of(assignment[..split], assignment[(split + 1)..], $"--set {assignment}")
            : throw new InputException($"--set {assignment}: that is no key=value.");
    }

    /// <summary>The defaults with values put over them, one after the other.</summary>
    /// <exception cref="InputException">A value is not accepted, or the task is a worked example that does not use its key.</exception>
    public static ExperimentConfig Resolve(IReadOnlyCollection<GivenValue> values)
    {
        var config = values.Aggregate(new ExperimentConfig(), (config, given) => given.Key.Apply(config, given.Value));
        var used = ConfigKeys.UsedBy(config.Task);
        return values.FirstOrDefault(given => !used.Contains(given.Key)) is { } stranger
            ? throw new InputException($"{stranger.Value.Where}: {stranger.Key.Name} is not used by the example {config.Task}, which uses {string.Join(", ", used.Select(key => key.Name))}.")
            : config;
    }
}
