using RnnCompare.Experiments.Tasks;

namespace RnnCompare.Experiments.Training;

/// <summary>Everything that a run measured.</summary>
public sealed record RunResult
{
    /// <summary>The config as resolved.</summary>
    public required ExperimentConfig Config { get; init; }

    /// <summary>What it ran on.</summary>
    public required RunEnvironment Environment { get; init; }

    /// <summary>How it ended.</summary>
    public required RunEnd End { get; init; }

    /// <summary>The task's metric.</summary>
    public required Metric Metric { get; init; }

    /// <summary>What is reached without learning from sequences.</summary>
    public required Baseline Baseline { get; init; }

    /// <summary>A group for every cell of the config.</summary>
    public required IReadOnlyList<GroupResult> Groups { get; init; }

    /// <summary>Every engine of every group.</summary>
    public IEnumerable<ContenderResult> Contenders => Groups.SelectMany(group => group.Contenders);

    /// <summary>Whether training stayed finite and every gradient and weight agrees, before, on the way, and at the end.</summary>
    public bool IsSound
    {
        get
        {
            return End.Kind != RunEndKind.Diverged
                && Groups.SelectMany(group => group.Gradients.Concat(group.Weights)).All(agreement => agreement.Comparison.Agrees)
                && Groups.SelectMany(group => group.Partings).All(point => point.Agrees);
        }
    }
}
