namespace RnnCompare.Checking.Replay;

/// <summary>The ways of adding up a bias.</summary>
internal enum BiasSumKind
{
    /// <summary>Over all steps and sequences.</summary>
    All,

    /// <summary>Twice the step that the loop visits last.</summary>
    FirstDoubled,

    /// <summary>The step that the loop visits last alone.</summary>
    First,

    /// <summary>The step that the loop visits first alone.</summary>
    Last,

    /// <summary>One sequence alone.</summary>
    OneSequence,

    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>Everything twice.</summary>
    Twice,
}
