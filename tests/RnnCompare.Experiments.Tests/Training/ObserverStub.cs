using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Tests.Training;

/// <summary>Notes what it is told, and does something at an evaluation.</summary>
internal sealed class ObserverStub(Action<RunProgress>? atEvaluation = null) : IRunObserver
{
    public List<string> Entries { get; } = [];

    public List<RunProgress> Evaluations { get; } = [];

    public void Entered(string what) => Entries.Add(what);

    public void Advanced(RunProgress progress)
    {
    }

    public void Evaluated(RunProgress progress)
    {
        Evaluations.Add(progress);
        atEvaluation?.Invoke(progress);
    }
}
