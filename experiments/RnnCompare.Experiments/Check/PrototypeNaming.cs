using RnnCompare.Checking.Diagnosis;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Check;

/// <summary>The names, shapes and indices of a saved prototype.</summary>
internal sealed class PrototypeNaming(SavedPrototype saved) : ITensorNaming
{
    /// <inheritdoc/>
    public string NameOf(string name) => ArrayName.Shown(saved.NameOf(name));

    /// <inheritdoc/>
    public bool IsTransposed(string name) => saved.IsTransposed(name);

    /// <inheritdoc/>
    public IReadOnlyList<int> IndexOf(string name, IReadOnlyList<int> index) => saved.IndexOf(name, index);

    /// <inheritdoc/>
    public string ElementOf(string name, IReadOnlyList<int> index) => ArrayName.Shown(saved.ElementOf(name, index));
}
