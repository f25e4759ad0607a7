using RnnCompare.Numerics;

namespace RnnCompare.Checking.Comparison;

/// <summary>An array that the loss depends on.</summary>
/// <param name="Name">The name of its gradient.</param>
/// <param name="Values">Its values; writing to them moves the loss.</param>
/// <param name="Original">The values to come back to.</param>
/// <param name="Gradient">The gradient that is checked.</param>
internal sealed record MovableArray(string Name, NdArray<double> Values, NdArray<double> Original, NdArray<double> Gradient);
