using System.Text.Json.Nodes;
using RnnCompare.Optimizers;

namespace RnnCompare.Experiments.Configs;

/// <summary>A key of config files: its name, what it accepts, and where its value lives in <see cref="ExperimentConfig"/>.</summary>
public sealed class ConfigKey
{
    // Far from what float32 holds, and far beyond what makes sense.
    private const double MostNumber = 1e30;

    private readonly Func<ExperimentConfig, ConfigValue, ExperimentConfig?> _apply;
    private readonly Func<ExperimentConfig, JsonNode> _read;

    private ConfigKey(
        string name, string help, string expectation, Func<ExperimentConfig, ConfigValue, ExperimentConfig?> apply, Func<ExperimentConfig, JsonNode> read)
    {
        (Name, Help, Expectation) = (name, help, expectation);
        (_apply, _read) = (apply, read);
    }

    /// <summary>The name in files and after <c>--set</c>.</summary>
    public string Name { get; }

    /// <summary>What the value does, in half a line.</summary>
    public string Help { get; }

    /// <summary>What is accepted: <c>a whole number in 1..65536</c>.</summary>
    public string Expectation { get; }

    /// <summary>A config with this key's value replaced.</summary>
    /// <exception cref="InputException">The value is not accepted.</exception>
    public ExperimentConfig Apply(ExperimentConfig config, ConfigValue value)
    {
        return _apply(config, value) ?? throw new InputException($"{value.Where}: {Name} is {value.Shown}, but must be {Expectation}.");
    }

    /// <summary>The value of a config as JSON.</summary>
    public JsonNode Read(ExperimentConfig config) => _read(config);

    /// <summary>A key of whole numbers in [least, most].</summary>
    public static ConfigKey Whole(
        string name, int least, int most, string help, Func<ExperimentConfig, int> get, Func<ExperimentConfig, int, ExperimentConfig> set)
    {
        return new(
            name,
            help,
            most == int.MaxValue ? $"a whole number of at least {least}" : $"a whole number in {least}..{most}",
            (config, value) => value.AsWhole is { } number && number >= least && number <= most ? set(config, (int)number) : null,
            config => get(config));
    }

    /// <summary>A key of numbers that are at least 0, or more than 0.</summary>
    public static ConfigKey Number(
        string name, bool zeroAllowed, string help, Func<ExperimentConfig, double> get, Func<ExperimentConfig, double, ExperimentConfig> set)
    {
        return new(
            name,
            help,
            (zeroAllowed ? "a number of at least 0" : "a number above 0") + " and at most 1e30",
            (config, value) => value.AsNumber is { } number && number <= MostNumber && (number > 0 || (zeroAllowed && number == 0)) ? set(config, number) : null,
            config => get(config));
    }

    /// <summary>The key of an optimizer's constant: its bounds and its help stand at the property of the optimizer's spec.</summary>
    public static ConfigKey Constant(OptimizerConstant constant)
    {
        ArgumentNullException.ThrowIfNull(constant);
        if (constant.IsSwitch)
        {
            return Switch(constant.Key, constant.Help, config => (bool)config.Constants[constant.Key], (config, on) => config with { Constants = config.Constants.With(constant.Key, on) });
        }

        var bounds = constant.Bounds;
        return new(
            constant.Key,
            constant.Help,
            $"a number of {bounds.Expectation}{(double.IsPositiveInfinity(bounds.Below) ? " and at most 1e30" : "")}",
            (config, value) => value.AsNumber is { } number && number <= MostNumber && bounds.Allows(number) ? config with { Constants = config.Constants.With(constant.Key, number) } : null,
            config => (double)config.Constants[constant.Key]);
    }

    /// <summary>A key of one of several words.</summary>
    public static ConfigKey Choice(
        string name, IEnumerable<string> words, string help, Func<ExperimentConfig, string> get, Func<ExperimentConfig, string, ExperimentConfig> set)
    {
        var choices = words.ToArray();
        return new(
            name,
            help,
            $"one of {string.Join(", ", choices)}",
            (config, value) => value.AsText is { } word && choices.Contains(word) ? set(config, word) : null,
            config => get(config));
    }

    /// <summary>A key of some of several words, in any order, none twice, separated by commas.</summary>
    /// <param name="name">The key.</param>
    /// <param name="words">The words.</param>
    /// <param name="help">What it means.</param>
    /// <param name="get">Reads it.</param>
    /// <param name="set">Writes it.</param>
    /// <param name="isOther">What else is allowed; null for nothing.</param>
    /// <param name="others">What that is called.</param>
    public static ConfigKey Choices(
        string name, IEnumerable<string> words, string help, Func<ExperimentConfig, string> get, Func<ExperimentConfig, string, ExperimentConfig> set, Func<string, bool>? isOther = null, string? others = null)
    {
        var choices = words.ToArray();
        return new(
            name,
            help,
            $"some of {string.Join(", ", choices)}{(others is null ? "" : " or " + others)}, separated by commas",
            (config, value) => Split(value) is { } chosen ? set(config, string.Join(',', chosen)) : null,
            config => get(config));

        string[]? Split(ConfigValue value)
        {
            var chosen = value.AsText?.Split(',', StringSplitOptions.TrimEntries);
            return chosen is not null && chosen.All(word => choices.Contains(word) || isOther?.Invoke(word) == true) && chosen.Distinct().Count() == chosen.Length ? chosen : null;
        }
    }

    /// <summary>A key of true and false.</summary>
    public static ConfigKey Switch(string name, string help, Func<ExperimentConfig, bool> get, Func<ExperimentConfig, bool, ExperimentConfig> set)
    {
        return new(name, help, "true or false", (config, value) => value.AsSwitch is { } on ? set(config, on) : null, config => get(config));
    }

    /// <summary>A key of a name that a folder may have.</summary>
    public static ConfigKey FolderName(string name, string help, Func<ExperimentConfig, string> get, Func<ExperimentConfig, string, ExperimentConfig> set)
    {
        return new(
            name,
            help,
            "a word of letters, digits, '-', '_' and '.' that begins with a letter or digit",
            (config, value) => value.AsText is { } word && IsFolderName(word) ? set(config, word) : null,
            config => get(config));

        static bool IsFolderName(string word)
        {
            return word.Length > 0 && char.IsAsciiLetterOrDigit(word[0]) && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        }
    }

    /// <summary>A key of a line of text, or nothing; a number will do.</summary>
    public static ConfigKey Text(
        string name, string help, string expectation, Func<ExperimentConfig, string> get, Func<ExperimentConfig, string, ExperimentConfig> set)
    {
        return new(
            name,
            help,
            expectation,
            (config, value) => value.Kind != ConfigValueKind.Switch && !value.Text.Contains('\n', StringComparison.Ordinal) ? set(config, value.Text) : null,
            config => get(config));
    }

    /// <summary>A key of seeds.</summary>
    public static ConfigKey Seeds(string name, string help, Func<ExperimentConfig, string> get, Func<ExperimentConfig, string, ExperimentConfig> set)
    {
        return new(
            name,
            help,
            "how many from seed on, or some seeds separated by commas; nothing for seed alone",
            (config, value) => value.Kind != ConfigValueKind.Switch && SeedList.Parse(value.Text, first: 0) is not null ? set(config, value.Text) : null,
            config => get(config));
    }

    /// <summary>A key of a file's path, or nothing. A relative path starts from the folder of the file that it stands in.</summary>
    public static ConfigKey Path(string name, string help, Func<ExperimentConfig, string> get, Func<ExperimentConfig, string, ExperimentConfig> set)
    {
        return new(
            name,
            help,
            "the path of a file, or nothing",
            (config, value) => value.AsText is { } path && !path.Contains('\0') ? set(config, path.Length == 0 ? "" : System.IO.Path.GetFullPath(path, value.Folder)) : null,
            config => get(config));
    }
}
