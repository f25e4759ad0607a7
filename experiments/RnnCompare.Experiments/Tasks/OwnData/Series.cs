namespace RnnCompare.Experiments.Tasks.OwnData;

/// <summary>Numbers over time, and the one that is to be forecast.</summary>
/// <param name="Inputs">What enters, a list over time for each input.</param>
/// <param name="Target">What is forecast, at the same times.</param>
/// <param name="Horizon">k, how many steps ahead.</param>
internal sealed record Series(IReadOnlyList<double[]> Inputs, double[] Target, int Horizon);
