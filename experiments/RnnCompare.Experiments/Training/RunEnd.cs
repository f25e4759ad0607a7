namespace RnnCompare.Experiments.Training;

/// <summary>How a run ended.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Steps">How many steps every engine had made.</param>
/// <param name="Engine">The engine that diverged; null where none did.</param>
/// <param name="Loss">Its last loss.</param>
/// <param name="LeftAt">The step since which its losses were no longer those of learning.</param>
public sealed record RunEnd(RunEndKind Kind, int Steps, string? Engine = null, double Loss = double.NaN, int? LeftAt = null)
{
    /// <summary>The end in a sentence.</summary>
    public string Sentence
    {
        get
        {
            return Kind switch
            {
                RunEndKind.Completed => $"All {Steps} steps were made.",
                RunEndKind.Cancelled => $"Stopped after step {Steps}; everything below is what was measured so far.",
                _ => $"Diverged: the loss of {Engine} is {(double.IsFinite(Loss) ? Figures.Value(Loss) : "not a finite number")} after step {Steps}, and since step {LeftAt} more than {Figures.Value(LossRange.Factor)} times that of an answer without learning; everything below is what was measured so far.",
            };
        }
    }
}
