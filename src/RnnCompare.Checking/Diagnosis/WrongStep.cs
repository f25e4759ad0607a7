namespace RnnCompare.Checking.Diagnosis;

/// <summary>The first step, in the order of the computation, at which an array is wrong.</summary>
/// <param name="Stage">Forward: the smallest t. Backward: the largest t.</param>
/// <param name="Tensor">The array.</param>
/// <param name="Step">t, counted from 0.</param>
public sealed record WrongStep(FaultStage Stage, string Tensor, int Step);
