namespace RnnCompare.Checking.Diagnosis;

/// <summary>What a diagnosis comes to.</summary>
public enum Verdict
{
    /// <summary>Every array given is right, to what its precision allows.</summary>
    Agrees,

    /// <summary>At least one array is wrong.</summary>
    Disagrees,

    /// <summary>The references disagree among themselves, so nothing can be said.</summary>
    ReferencesDisagree,
}
