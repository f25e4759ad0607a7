namespace RnnCompare.Truncation;

/// <summary>How far backpropagation through time goes back: BPTT(h; h′) of Williams &amp; Peng 1990, with k₁ = h′ and k₂ = h.</summary>
/// <remarks>
/// Each time another k₁ steps have been made, their losses, and only theirs, are carried back through the k₂ newest steps.
/// So every loss counts exactly once, the newest one reaches k₂ steps back and the oldest of its window k₂ − k₁ + 1.
/// k₁ = k₂ cuts the sequence into windows side by side; k₁ = 1 carries each single loss back k₂ steps; k₁ ≥ T is full BPTT.
/// The last window ends with the sequence, but begins where it would if all of its k₁ steps were there. The state in which a
/// window begins is the one in which the forward pass left the step before; it is a constant of the window.
/// </remarks>
public sealed record TruncationSpec
{
    /// <summary>Windows that overlap.</summary>
    /// <param name="stepsBetween">k₁, the steps from one backward pass to the next; at least 1.</param>
    /// <param name="stepsBack">k₂, the steps that a backward pass goes back; at least k₁, or some losses would count nowhere.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public TruncationSpec(int stepsBetween, int stepsBack)
    {
        StepsBetween = ArgumentChecks.AtLeastOne(stepsBetween, nameof(stepsBetween));
        if (stepsBack < stepsBetween)
        {
            throw new ArgumentOutOfRangeException(nameof(stepsBack), $"stepsBack is {stepsBack}, but must be at least stepsBetween, which is {stepsBetween}.");
        }

        StepsBack = stepsBack;
    }

    /// <summary>Windows side by side: k₁ = k₂.</summary>
    /// <param name="steps">The steps of a window; at least 1.</param>
    public TruncationSpec(int steps)
        : this(steps, steps)
    {
    }

    /// <summary>k₁, the steps from one backward pass to the next.</summary>
    public int StepsBetween { get; }

    /// <summary>k₂, the steps that a backward pass goes back.</summary>
    public int StepsBack { get; }

    /// <summary>The windows of a sequence, in the order of time.</summary>
    /// <param name="steps">T.</param>
    public IEnumerable<TruncationWindow> Windows(int steps)
    {
        for (long first = 0; first < steps; first += StepsBetween)
        {
            var start = Math.Max(0, first + StepsBetween - StepsBack);
            var end = Math.Min(steps, first + StepsBetween);
            yield return new((int)start, (int)first, (int)end);
        }
    }
}
