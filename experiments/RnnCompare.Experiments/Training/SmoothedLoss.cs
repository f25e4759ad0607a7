namespace RnnCompare.Experiments.Training;

/// <summary>A running mean of losses: 0.999·old + 0.001·new (Karpathy 2015).</summary>
/// <param name="start">The first value; NaN to begin with the first loss.</param>
internal sealed class SmoothedLoss(double start)
{
    public double Value { get; private set; } = start;

    public void Add(double loss) => Value = double.IsNaN(Value) ? loss : (0.999 * Value) + (0.001 * loss);

    /// <summary>Goes on where another process was.</summary>
    public void Restore(double value) => Value = value;
}
