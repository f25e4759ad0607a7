using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Models;

/// <summary>The state of a network between two steps, or the gradient of the loss with respect to it.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>Layers and directions are in the order of <c>nn.RNN</c>: layer 0 forward, layer 0 reverse, layer 1 forward, …</remarks>
public sealed record RnnState<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Hidden states (L·D, B, H).</summary>
    public required NdArray<T> Hidden { get; init; }

    /// <summary>Cell states (L·D, B, H), for cells that have one; of a cell with more states than two, all but the first side by side.</summary>
    public NdArray<T>? Cell { get; init; }

    /// <summary>Zeros for a network and a batch of B sequences.</summary>
    public static RnnState<T> Zeros(RnnSpec spec, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(spec);
        NdArray<T> Part(int size) => new(spec.Layers * spec.Directions, batchSize, size);
        return new() { Hidden = Part(spec.HiddenStateSize), Cell = spec.Cell.HasCellState ? Part(spec.Cell.CellStateSize(spec.HiddenSize)) : null };
    }

    /// <summary>A copy in another precision.</summary>
    public RnnState<TTo> Convert<TTo>()
        where TTo : unmanaged, INumber<TTo>
    {
        return new() { Hidden = Hidden.Convert<T, TTo>(), Cell = Cell?.Convert<T, TTo>() };
    }

    /// <summary>Makes sure that the state fits a network and a batch of B sequences.</summary>
    /// <exception cref="ArgumentException">It does not; the message names the array, its shape and the shape expected.</exception>
    public void Require(RnnSpec spec, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(spec);
        RequirePart("h0", Hidden, spec.HiddenStateSize);
        if (!spec.Cell.HasCellState)
        {
            return;
        }

        RequirePart("c0", Cell ?? throw new ArgumentException($"The {spec.Cell.Name} cell has a cell state, but c0 is missing."), spec.Cell.CellStateSize(spec.HiddenSize));

        void RequirePart(string name, NdArray<T> part, int size)
        {
            if (!part.HasShape(spec.Layers * spec.Directions, batchSize, size))
            {
                throw new ArgumentException($"{name} is {part.ShapeText}, but this network and batch need ({spec.Layers * spec.Directions}, {batchSize}, {size}).");
            }
        }
    }
}
