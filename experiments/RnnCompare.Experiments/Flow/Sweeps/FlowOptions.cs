using System.Globalization;
using RnnCompare.Experiments.Configs;

namespace RnnCompare.Experiments.Flow.Sweeps;

/// <summary>What is measured: one config, or the same over cells, initializers, gains of Whh and lengths.</summary>
public sealed record FlowOptions
{
    /// <summary>The most steps of a sequence.</summary>
    public const int MostSteps = FlowMeasurement.MostSteps;

    /// <summary>The gains of a sweep unless others are given.</summary>
    public const string UsualGains = "0.5,0.9,1.0,1.1,1.5";

    /// <summary>A config for each case.</summary>
    public required IReadOnlyList<ExperimentConfig> Cases { get; init; }

    /// <summary>How many sequences of a batch are looked at, at most.</summary>
    public required int Sequences { get; init; }

    /// <summary>Steps between two looks at a training; 0 for no training.</summary>
    public required int Every { get; init; }

    /// <summary>Understands what was given.</summary>
    /// <param name="config">The config.</param>
    /// <param name="cells">The cells, separated by commas; null for those of the config.</param>
    /// <param name="initializers">The initializers, separated by commas; null for that of the config.</param>
    /// <param name="gains">What Whh is multiplied by, separated by commas; null for the config's recurrentScale.</param>
    /// <param name="lengths">The steps of a sequence, separated by commas; null for those of the config.</param>
    /// <param name="sequences">How many sequences of a batch are looked at, at most.</param>
    /// <param name="every">Steps between two looks at a training; 0 for no training.</param>
    /// <exception cref="InputException">A value is not accepted, or values do not fit each other.</exception>
    public static FlowOptions Parse(ExperimentConfig config, string? cells, string? initializers, string? gains, string? lengths, int sequences, int every)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (config.Weights.Length > 0 && (cells ?? initializers ?? gains) is not null)
        {
            throw new InputException($"weights is {config.Weights}, but --cells, --initializers and --gains are about weights that are drawn.");
        }

        IEnumerable<ExperimentConfig> cases = Over([config], "cells", cells ?? config.Cells, "--cells");
        cases = Over(cases, "initializer", initializers, "--initializers");
        cases = Over(cases, "recurrentScale", gains, "--gains");
        cases = Over(cases, "sequenceLength", lengths, "--lengths");
        return new()
        {
            Cases = [.. cases],
            Sequences = sequences >= 1 ? sequences : throw new InputException($"--sequences is {sequences}, but must be a whole number of at least 1."),
            Every = every >= 0 ? every : throw new InputException($"--along is {every}, but must be a whole number of at least 1, or 0 for no training."),
        };
    }

    /// <summary>The settings in which a case departs from the others: <c>lstm, gain 1.1, T = 200</c>; empty where there is one case.</summary>
    internal string NameOf(ExperimentConfig config)
    {
        var parts = new List<string>();
        Add(config.Cells, each => each.Cells);
        Add(config.Initializer, each => each.Initializer);
        Add(string.Create(CultureInfo.InvariantCulture, $"gain {config.RecurrentScale}"), each => each.RecurrentScale);
        Add(string.Create(CultureInfo.InvariantCulture, $"T = {config.SequenceLength}"), each => each.SequenceLength);
        return string.Join(", ", parts);

        void Add<TValue>(string text, Func<ExperimentConfig, TValue> value)
        {
            if (Cases.Select(value).Distinct().Skip(1).Any())
            {
                parts.Add(text);
            }
        }
    }

    private static IEnumerable<ExperimentConfig> Over(IEnumerable<ExperimentConfig> cases, string key, string? values, string option)
    {
        return values is null ? cases : [.. cases.SelectMany(each => values.Split(',', StringSplitOptions.TrimEntries).Select(value => ConfigKeys.Named(key, option).Apply(each, new(value, ConfigValueKind.Bare, option, ""))))];
    }
}
