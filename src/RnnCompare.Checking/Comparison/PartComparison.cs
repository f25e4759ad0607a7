namespace RnnCompare.Checking.Comparison;

/// <summary>The part of an array, a gate or a step, that lies farthest off.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Count">The number of parts that the array is judged in.</param>
/// <param name="Relative">Its ‖actual − expected‖₂ / ‖expected‖₂.</param>
/// <param name="NoiseFloor">What rounding may cost there, relative to ‖expected‖₂.</param>
/// <param name="Residual">Its distance in units of that floor; NaN where an element is.</param>
public readonly record struct PartComparison(int Index, int Count, double Relative, double NoiseFloor, double Residual);
