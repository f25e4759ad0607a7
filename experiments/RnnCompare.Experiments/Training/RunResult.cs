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

    /// <summary>Whether training stayed in the range of learning, every gradient agrees before it, and nothing on the way or at the end differs.</summary>
    public bool IsSound
    {
        get
        {
            return End.Kind != RunEndKind.Diverged
                && Groups.SelectMany(group => group.Gradients).All(agreement => agreement.Comparison.Agrees)
                && Groups.SelectMany(group => group.Separations.Select(point => point.Verdict).Append(group.WeightsVerdict)).All(verdict => verdict != Verdict.Differs);
        }
    }
}
