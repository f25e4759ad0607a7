namespace RnnCompare.Experiments.Training;

/// <summary>How a run ended.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Steps">How many steps every engine had made.</param>
/// <param name="Engine">The engine that diverged; null where none did.</param>
public sealed record RunEnd(RunEndKind Kind, int Steps, string? Engine = null)
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
                _ => $"Diverged: the loss of {Engine} is no finite number after step {Steps}; everything below is what was measured so far.",
            };
        }
    }
}
