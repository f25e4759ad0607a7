namespace RnnCompare.Experiments.Training;

/// <summary>Where an engine stands.</summary>
/// <param name="Name">The name in tables.</param>
/// <param name="Point">Its last loss and, right after an evaluation, its scores.</param>
/// <param name="StepsPerSecond">The median so far; NaN while it warms up.</param>
public readonly record struct ContenderProgress(string Name, CurvePoint Point, double StepsPerSecond);
