namespace RnnCompare.Checking.Comparison;

/// <summary>The derivative of the loss in one direction through one array.</summary>
/// <param name="Name">The gradient, for example <c>dWhh</c>.</param>
/// <param name="Gradient">⟨gradient, direction⟩, the direction having length 1.</param>
/// <param name="Numeric">The central difference of losses, for the step that comes nearest.</param>
/// <param name="RelativeError">Their distance relative to |numeric| + 10⁻⁶·(|loss| + max |y|); NaN where either is.</param>
public readonly record struct DirectionalDerivative(string Name, double Gradient, double Numeric, double RelativeError);
