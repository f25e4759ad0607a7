namespace RnnCompare.Prototypes.Layouts;

/// <summary>Where one canonical tensor of a network stands in a prototype's arrays.</summary>
/// <param name="Tensor">The canonical name with layer and direction, for example <c>Whh.1r</c>.</param>
/// <param name="Array">The prototype's name of the array.</param>
/// <param name="Layout">How the convention has the tensor.</param>
/// <param name="Layer">The layer; 0 for the output layer.</param>
/// <param name="Reverse">Whether it belongs to the backward direction.</param>
/// <param name="Shape">The shape of the prototype's array.</param>
/// <param name="Map">Where each element stands.</param>
public sealed record TensorPlace(
    string Tensor, string Array, TensorLayout Layout, int Layer, bool Reverse, IReadOnlyList<int> Shape, ArrayMap Map)
{
    /// <summary>Whether an array can be the tensor: a matrix by its shape, a bias by its length as well, for people save them as vectors, rows and columns.</summary>
    internal bool Fits(ReadOnlySpan<int> shape)
    {
        int[] expected = [.. Shape];
        return Layout.IsRequired ? shape.SequenceEqual(expected) : AxisSizes.SameAxes(shape, expected);
    }
}
