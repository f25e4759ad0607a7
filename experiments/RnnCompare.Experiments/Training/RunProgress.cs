namespace RnnCompare.Experiments.Training;

/// <summary>Where a run stands.</summary>
/// <param name="Step">The steps that every engine has made.</param>
/// <param name="Steps">The steps that it shall make.</param>
/// <param name="Elapsed">The time since the first step began.</param>
/// <param name="Contenders">Each engine.</param>
public sealed record RunProgress(int Step, int Steps, TimeSpan Elapsed, IReadOnlyList<ContenderProgress> Contenders)
{
    /// <summary>The time that the steps left will take at the pace so far.</summary>
    public TimeSpan Left => Step == 0 ? TimeSpan.Zero : Elapsed * ((double)(Steps - Step) / Step);
}
