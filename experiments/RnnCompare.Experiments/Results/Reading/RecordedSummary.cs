using RnnCompare.Experiments.Results.Seeds;
using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Results.Reading;

/// <summary>What <c>summary.json</c> says.</summary>
public sealed record RecordedSummary
{
    /// <summary>How the run ended.</summary>
    public required RunState State { get; init; }

    /// <summary>The steps that every engine made; 0 for a worked example.</summary>
    public required int Steps { get; init; }

    /// <summary>The engine that diverged; null where none did.</summary>
    public string? DivergedEngine { get; init; }

    /// <summary>What a worked example came to, in words; null for a run that trains.</summary>
    public string? Outcome { get; init; }

    /// <summary>What figures were measured on: facts and their values.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; }

    /// <summary>The task's metric: <c>accuracy</c>; empty for a worked example.</summary>
    public required string Metric { get; init; }

    /// <summary>What is reached without learning from sequences; null where nothing is known.</summary>
    public (string Name, double Test)? Baseline { get; init; }

    /// <summary>The engines, in the order of the config; the first of a cell is what the others are compared with.</summary>
    public required IReadOnlyList<RecordedEngine> Engines { get; init; }

    /// <summary>Every gradient before training.</summary>
    public required IReadOnlyList<RecordedAgreement> Gradients { get; init; }

    /// <summary>Every weight after training.</summary>
    public required IReadOnlyList<RecordedAgreement> Weights { get; init; }

    /// <summary>How the weights parted.</summary>
    public required IReadOnlyList<RecordedSeparation> Separations { get; init; }

    /// <summary>Gradient norms over the steps back in time, of runs that have no <c>flow.json</c>.</summary>
    public required IReadOnlyList<RecordedBackflow> Backflows { get; init; }

    /// <summary>What seeds came to; null for a run of one seed.</summary>
    public RecordedSeeds? Seeds { get; init; }

    /// <summary>What the first engine's model draws.</summary>
    public required IReadOnlyList<string> Samples { get; init; }

    /// <summary>Every figure of the file under its place: <c>engines.manual.smoothedLoss</c>; long lists are left to charts.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Figures { get; init; }
}

/// <summary>What was measured of an engine.</summary>
/// <param name="Name">The engine and, where there are several cells, the cell.</param>
/// <param name="Cell">The cell.</param>
/// <param name="SmoothedLoss">The running mean of the losses at the end.</param>
/// <param name="StepsPerSecond">The lower quartile, the median and the upper quartile.</param>
/// <param name="Times">How long steps took; null for runs that did not note it.</param>
/// <param name="Scores">The parts at the end.</param>
public sealed record RecordedEngine(
    string Name, string Cell, double SmoothedLoss, (double Lower, double Median, double Upper) StepsPerSecond, RecordedTimes? Times, IReadOnlyDictionary<string, (double Loss, double Score)> Scores);

/// <summary>How long an engine's steps took.</summary>
/// <param name="Count">How many were measured.</param>
/// <param name="Seconds">Their percentiles 0, 1, …, 100.</param>
/// <param name="Median">The median over stretches of the run of their medians.</param>
/// <param name="MedianInterval">The ends of its interval, 95 %.</param>
/// <param name="Ratio">The median of its time over the first engine's, step for step; 1 for the first engine.</param>
/// <param name="RatioInterval">The ends of its interval, 95 %.</param>
/// <param name="ShareOfLimit">The part of the machine's most multiply-adds that its median step reaches; NaN where unknown.</param>
public sealed record RecordedTimes(int Count, IReadOnlyList<double> Seconds, double Median, (double Lower, double Upper) MedianInterval, double Ratio, (double Lower, double Upper) RatioInterval, double ShareOfLimit);

/// <summary>Two engines compared, array by array.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Expected">The engine that the other is compared with.</param>
/// <param name="Actual">The other.</param>
/// <param name="Precision"><c>float32</c> or <c>float64</c>.</param>
/// <param name="Agrees">Whether every array agrees.</param>
/// <param name="Limit">How many times the floor counts as agreement; NaN where the run did not note it.</param>
/// <param name="Tensors">Each array with its distance and its floor.</param>
public sealed record RecordedAgreement(
    string Cell, string Expected, string Actual, string Precision, bool Agrees, double Limit, IReadOnlyList<(string Name, double Relative, double Floor)> Tensors);

/// <summary>How the weights of a cell's engines parted.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Reference">The engine whose weights distances are taken from.</param>
/// <param name="Steps">The steps.</param>
/// <param name="Distances">Each other engine with its distances.</param>
/// <param name="Perturbed">The distances of the run that began one rounding away.</param>
public sealed record RecordedSeparation(
    string Cell, string Reference, IReadOnlyList<double> Steps, IReadOnlyList<(string Engine, IReadOnlyList<double> Values)> Distances, IReadOnlyList<double> Perturbed)
{
    /// <summary>What the weights show at the end: <c>agrees</c>, <c>no verdict</c> or <c>differs</c>; null where the file does not say it.</summary>
    public string? WeightsVerdict { get; init; }

    /// <summary>What each step shows, in the same words; empty where the file does not say it.</summary>
    public IReadOnlyList<string> Verdicts { get; init; } = [];

    /// <summary>Whether rounding alone has torn the weights apart, so that they say nothing about engines.</summary>
    public bool IsDecidedByRounding => WeightsVerdict == Verdict.None.Word();

    /// <summary>Whether every step that was looked at by itself was made right.</summary>
    public bool IsMadeRight => Verdicts.Count > 0 && !Verdicts.Contains(Verdict.Differs.Word());
}

/// <summary>Gradient norms over the steps back in time.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="SpectralNorm">The largest singular value of Whh; NaN where it bounds nothing.</param>
/// <param name="Curves">Each engine with ‖dL/dh‖ for 0, 1, … steps back.</param>
public sealed record RecordedBackflow(string Cell, double SpectralNorm, IReadOnlyList<(string Engine, IReadOnlyList<double> Norms)> Curves);

/// <summary>What several seeds came to.</summary>
/// <param name="Values">The seeds.</param>
/// <param name="Results">What each engine came to from each seed; none where the file does not say it.</param>
/// <param name="Sentences">What seeds say about differences, in words.</param>
public sealed record RecordedSeeds(IReadOnlyList<int> Values, IReadOnlyList<SeedValue> Results, IReadOnlyList<string> Sentences);
