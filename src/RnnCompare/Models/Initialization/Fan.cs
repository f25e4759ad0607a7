namespace RnnCompare.Models.Initialization;

/// <summary>Which number of units sets the size of weights.</summary>
public enum Fan
{
    /// <summary>Those that feed one unit: keeps the size of what goes forward.</summary>
    In,

    /// <summary>Those that one unit feeds: keeps the size of what comes back.</summary>
    Out,

    /// <summary>The mean of both.</summary>
    Average,
}
