namespace RnnCompare.Experiments.Results.Reading;

/// <summary>The losses of an engine on the way.</summary>
public sealed record RecordedCurve
{
    /// <summary>The engine and, where a run has several cells, the cell.</summary>
    public required string Engine { get; init; }

    /// <summary>The seed that it started from; null for a run of one seed.</summary>
    public int? Seed { get; init; }

    /// <summary>The steps that are noted, strictly increasing.</summary>
    public required IReadOnlyList<double> Steps { get; init; }

    /// <summary>The training loss of each noted step; NaN where it was no finite number.</summary>
    public required IReadOnlyList<double> Loss { get; init; }

    /// <summary>The running mean of the losses.</summary>
    public required IReadOnlyList<double> SmoothedLoss { get; init; }

    /// <summary>The evaluated parts: <c>training</c>, <c>validation</c>, <c>test</c>; a part that was never evaluated is absent.</summary>
    public required IReadOnlyDictionary<string, RecordedPart> Parts { get; init; }

    /// <summary>The last noted step; 0 before the first.</summary>
    public int LastStep => Steps.Count == 0 ? 0 : (int)Steps[^1];
}

/// <summary>The evaluations of one part of the data.</summary>
/// <param name="Steps">The steps after which it was evaluated.</param>
/// <param name="Loss">The mean loss of an output that counts.</param>
/// <param name="Score">The task's metric.</param>
public sealed record RecordedPart(IReadOnlyList<double> Steps, IReadOnlyList<double> Loss, IReadOnlyList<double> Score);
