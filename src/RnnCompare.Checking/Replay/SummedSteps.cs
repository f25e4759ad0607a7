namespace RnnCompare.Checking.Replay;

/// <summary>The steps whose contributions reach a gradient.</summary>
internal enum SummedSteps
{
    All,

    /// <summary>The step that the loop visits last, t = 0.</summary>
    First,

    /// <summary>The step that the loop visits first, t = n − 1.</summary>
    Last,

    /// <summary>All but t = 0.</summary>
    ExceptFirst,

    /// <summary>All but t = n − 1.</summary>
    ExceptLast,
}
