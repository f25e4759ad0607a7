using System.Diagnostics.CodeAnalysis;

namespace RnnCompare.Prototypes.Reading;

/// <summary>One array of a prototype, and which canonical elements stand in it.</summary>
/// <param name="Array">The array.</param>
/// <param name="Suffix">Layer and direction of its tensors.</param>
/// <param name="Units">H, the rows of one gate; O for the output layer.</param>
/// <param name="Gates">The canonical gate of each of the array's, in its order; −1 for those that belong elsewhere.</param>
/// <param name="Order">How rows, columns and gates stand in it.</param>
/// <param name="Columns">All its columns.</param>
/// <param name="Segments">What its columns are.</param>
internal sealed record Block(string Array, string Suffix, int Units, IReadOnlyList<int> Gates, BlockOrder Order, int Columns, params IReadOnlyList<Segment> Segments)
{
    /// <summary>The canonical tensors.</summary>
    public IEnumerable<string> Tensors => Segments.Select(segment => segment.Tensor + Suffix);

    /// <summary>The place of every canonical element of a tensor: its position, the position in the array, and the gate that it belongs to.</summary>
    public IEnumerable<(int Canonical, int Own, int Gate)> Places(string tensor)
    {
        foreach (var segment in Segments.Where(segment => segment.Tensor + Suffix == tensor))
        {
            for (var slot = 0; slot < Gates.Count; slot++)
            {
                for (var unit = 0; unit < Units && Gates[slot] >= 0; unit++)
                {
                    for (var column = 0; column < segment.Length; column++)
                    {
                        var row = (Gates[slot] * Units) + unit - segment.FirstRow;
                        yield return ((row * segment.TensorColumns) + segment.TensorStart + column, Position(slot, unit, segment.Start + column), Gates[slot]);
                    }
                }
            }
        }
    }

    /// <summary>The orders in which an array of this shape can hold so many gates, units and columns; the preferred one in front.</summary>
    public static BlockOrder? Fit(ReadOnlySpan<int> shape, int gates, int units, int columns, BlockOrder preferred)
    {
        var rows = gates * units;
        if (shape.Length == 3 && shape[0] == gates)
        {
            return shape[1] == units && shape[2] == columns && (preferred == BlockOrder.OutputsFirst || units != columns) ? BlockOrder.OutputsFirst
                : shape[1] == columns && shape[2] == units ? BlockOrder.GatesThenInputs
                : null;
        }

        if (shape.Length != 2)
        {
            return null;
        }

        var (outputsFirst, inputsFirst) = (shape[0] == rows && shape[1] == columns, shape[0] == columns && shape[1] == rows);
        return outputsFirst && (preferred == BlockOrder.OutputsFirst || !inputsFirst) ? BlockOrder.OutputsFirst : inputsFirst ? BlockOrder.InputsFirst : null;
    }

    private int Position(int slot, int unit, int column) => Order switch
    {
        BlockOrder.OutputsFirst => ((((slot * Units) + unit) * Columns) + column),
        BlockOrder.InputsFirst => (column * Gates.Count * Units) + (slot * Units) + unit,
        _ => (slot * Columns * Units) + (column * Units) + unit,
    };
}

/// <summary>Columns of an array that belong to one canonical tensor.</summary>
/// <param name="Tensor">The tensor, without layer and direction.</param>
/// <param name="Start">The first column in the array.</param>
/// <param name="Length">How many there are.</param>
/// <param name="TensorColumns">The columns of the tensor; 1 for a bias.</param>
internal readonly record struct Segment(string Tensor, int Start, int Length, int TensorColumns)
{
    /// <summary>The first of them in the tensor.</summary>
    public int TensorStart { get; init; }

    /// <summary>The row of the gates with which the tensor begins: that of the candidate for its own bias.</summary>
    public int FirstRow { get; init; }
}

/// <summary>How an array is laid out.</summary>
[SuppressMessage("Design", "CA1027:Mark enums with FlagsAttribute", Justification = "The members exclude each other.")]
internal enum BlockOrder
{
    /// <summary>(G·H, columns): W·x. Also (G, H, columns).</summary>
    OutputsFirst,

    /// <summary>(columns, G·H): x·W.</summary>
    InputsFirst,

    /// <summary>(G, columns, H).</summary>
    GatesThenInputs,
}
