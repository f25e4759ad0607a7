using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Tasks;

/// <summary>States that go on where training stopped.</summary>
internal static class CarriedState
{
    /// <summary>The state of a batch's first sequence for every sequence of another; null stays null.</summary>
    public static RnnState<T>? Spread<T>(RnnState<T>? state, int batchSize)
        where T : unmanaged, INumber<T>
    {
        return state is null ? null : new()
        {
            Hidden = Spread(state.Hidden, batchSize),
            Cell = state.Cell is null ? null : Spread(state.Cell, batchSize),
        };
    }

    private static NdArray<T> Spread<T>(NdArray<T> part, int batchSize)
        where T : unmanaged
    {
        var (layers, size) = (part.Shape[0], part.Shape[2]);
        var result = new NdArray<T>(layers, batchSize, size);
        for (var layer = 0; layer < layers; layer++)
        {
            for (var b = 0; b < batchSize; b++)
            {
                part.Row(layer * part.Shape[1]).CopyTo(result.Row((layer * batchSize) + b));
            }
        }

        return result;
    }
}
