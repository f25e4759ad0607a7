using RnnCompare.Checking.Comparison;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>How a program calls and stores the arrays of a network.</summary>
public interface ITensorNaming
{
    /// <summary>The program's own name of an array.</summary>
    /// <param name="name">Its name here, for example <c>dWhh</c>, <c>Whh.1r</c> or <c>h</c>.</param>
    string NameOf(string name);

    /// <summary>Whether the program stores a weight the other way round: (I, H) where (H, I) stands here.</summary>
    /// <param name="name">The weight's name here.</param>
    bool IsTransposed(string name);

    /// <summary>The program's own index of an element.</summary>
    /// <param name="name">The array's name here.</param>
    /// <param name="index">The element's index here.</param>
    IReadOnlyList<int> IndexOf(string name, IReadOnlyList<int> index);

    /// <summary>The program's own name of an element: <c>dWhh[1,6]</c>.</summary>
    /// <param name="name">The array's name here.</param>
    /// <param name="index">The element's index here.</param>
    string ElementOf(string name, IReadOnlyList<int> index) => TensorComparison.Element(NameOf(name), IndexOf(name, index));
}
