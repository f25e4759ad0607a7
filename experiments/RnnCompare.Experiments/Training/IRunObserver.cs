namespace RnnCompare.Experiments.Training;

/// <summary>Who watches a run.</summary>
public interface IRunObserver
{
    /// <summary>Something other than training begins.</summary>
    /// <param name="what">What, in a few words: <c>comparing gradients</c>.</param>
    void Entered(string what);

    /// <summary>Steps were made; called a few times a second.</summary>
    void Advanced(RunProgress progress);

    /// <summary>The watched parts were evaluated.</summary>
    void Evaluated(RunProgress progress);
}
