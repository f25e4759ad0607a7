namespace RnnCompare.Experiments.Tasks;

/// <summary>The parts of a data set.</summary>
public enum DataPart
{
    /// <summary>What is learnt from.</summary>
    Training,

    /// <summary>What is looked at while learning.</summary>
    Validation,

    /// <summary>What is looked at once, at the end.</summary>
    Test,
}
