namespace RnnCompare.Checking.Diagnosis;

/// <summary>The names, shapes and indices of this project.</summary>
public sealed class CanonicalNaming : ITensorNaming
{
    private CanonicalNaming()
    {
    }

    /// <summary>The naming.</summary>
    public static CanonicalNaming Instance { get; } = new();

    /// <inheritdoc/>
    public string NameOf(string name) => name;

    /// <inheritdoc/>
    public bool IsTransposed(string name) => false;

    /// <inheritdoc/>
    public IReadOnlyList<int> IndexOf(string name, IReadOnlyList<int> index) => index;
}
