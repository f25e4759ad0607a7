namespace RnnCompare.Experiments.Tasks;

/// <summary>How well a task is done.</summary>
/// <param name="Kind">What is averaged.</param>
/// <param name="Name">The name in tables: <c>accuracy</c>, <c>bits per character</c>.</param>
/// <param name="Scale">What the average is multiplied by, to give the unit that the name says.</param>
public sealed record Metric(MetricKind Kind, string Name, double Scale = 1)
{
    /// <summary>The fraction of right answers.</summary>
    public static Metric Accuracy { get; } = new(MetricKind.Accuracy, "accuracy");

    /// <summary>Cross-entropy in bits.</summary>
    public static Metric BitsPerCharacter { get; } = new(MetricKind.CrossEntropy, "bits per character", 1 / Math.Log(2));
}
