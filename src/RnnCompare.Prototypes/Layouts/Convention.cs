using RnnCompare.Cells;

namespace RnnCompare.Prototypes.Layouts;

/// <summary>The names, shapes and orders in which a school of prototypes keeps a network. See <see cref="ConventionTable"/> for those that exist.</summary>
public sealed record Convention
{
    /// <summary>The name in options, files and messages.</summary>
    public required string Name { get; init; }

    /// <summary>How layers and directions show in names.</summary>
    public required LayerNaming Layers { get; init; }

    /// <summary>The tensors, recurrent ones first, a second bias after the first.</summary>
    public required IReadOnlyList<TensorLayout> Tensors { get; init; }

    /// <summary>The axes of a sequence: T steps, B sequences, F features. The first order is written, the first that fits is read. States lack T.</summary>
    public IReadOnlyList<string> Sequences { get; init; } = ["TBF"];

    /// <summary>Whether states have an axis of layers and directions even where there is only one. It is written; both are read.</summary>
    public bool StatesHaveLayers { get; init; }

    /// <summary>How gates are stacked, by their canonical letters, where the order is not PyTorch's.</summary>
    public IReadOnlyList<string> GateOrders { get; init; } = [];

    /// <summary>The convention's own words for states, by the canonical ones.</summary>
    public IReadOnlyDictionary<string, string> OwnWords { get; init; } = new Dictionary<string, string>();

    /// <summary>For each of a cell's gates, its place in the convention's order; empty where the order is the cell's.</summary>
    internal IReadOnlyList<int> GatePlaces(RecurrentCell cell)
    {
        foreach (var order in GateOrders)
        {
            int[] places = [.. cell.Gates.Select(gate => order.IndexOf(gate.Name, StringComparison.Ordinal))];
            if (order.Length == places.Length && !places.Contains(-1))
            {
                return places;
            }
        }

        return [];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
