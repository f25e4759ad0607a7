using RnnCompare.Checking.Comparison;

namespace RnnCompare.Experiments.Training;

/// <summary>Two engines compared, array by array.</summary>
/// <param name="Expected">The engine that the other is compared with.</param>
/// <param name="Actual">The other.</param>
/// <param name="Precision">The precision of both: <c>float32</c> or <c>float64</c>.</param>
/// <param name="Comparison">Every array.</param>
public sealed record Agreement(string Expected, string Actual, string Precision, GradientComparison Comparison);
