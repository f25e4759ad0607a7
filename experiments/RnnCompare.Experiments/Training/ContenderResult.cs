using RnnCompare.Experiments.Tasks;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Experiments.Training;

/// <summary>What was measured of one engine.</summary>
public sealed record ContenderResult
{
    /// <summary>The name in tables, unique in a run: the engine and, where there are several, the cell.</summary>
    public required string Name { get; init; }

    /// <summary>The engine.</summary>
    public required string Engine { get; init; }

    /// <summary>The losses on the way.</summary>
    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    /// <summary>The running mean of the losses at the end.</summary>
    public required double SmoothedLoss { get; init; }

    /// <summary>Training steps a second after the warm-up; NaN where there was none.</summary>
    public required Quartiles StepsPerSecond { get; init; }

    /// <summary>How its steps' times are distributed, and their ratio to the first engine's; null where too few were measured.</summary>
    public StepTimeStatistics? Times { get; init; }

    /// <summary>The part of the machine's most multiply-adds, with as many threads, that its median step reaches; NaN where too few steps were measured.</summary>
    public double ShareOfLimit { get; init; } = double.NaN;

    /// <summary>The parts at the end; none where the run diverged.</summary>
    public required IReadOnlyDictionary<DataPart, PartScore> Scores { get; init; }

    /// <summary>The weights at the end, with PyTorch's names; null where the run diverged.</summary>
    public NamedArrays? Weights { get; init; }
}
