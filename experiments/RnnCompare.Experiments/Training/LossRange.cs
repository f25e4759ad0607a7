namespace RnnCompare.Experiments.Training;

/// <summary>Watches whether losses stay in the range that learning has.</summary>
/// <param name="withoutLearning">The loss of answers given without learning.</param>
internal sealed class LossRange(double withoutLearning)
{
    /// <summary>How many times the usual loss is divergence, and no step that failed.</summary>
    public const double Factor = 1e4;

    /// <summary>The largest loss that is nothing unusual: without learning, or of the first step.</summary>
    public double Usual { get; private set; } = withoutLearning;

    /// <summary>The step since which every loss has been beyond the range; null where the last one was in it.</summary>
    public int? LeftAt { get; private set; }

    /// <summary>Takes the loss of a step.</summary>
    /// <param name="step">The step, from 1.</param>
    /// <param name="loss">Its loss.</param>
    public void Add(int step, double loss)
    {
        Usual = step == 1 && loss > Usual ? loss : Usual;
        if (loss <= Factor * Usual)
        {
            LeftAt = null;
        }
        else
        {
            LeftAt ??= step;
        }
    }

    /// <summary>Goes on where another process was.</summary>
    public void Restore(double usual, int leftAt) => (Usual, LeftAt) = (usual, leftAt == 0 ? null : leftAt);
}
