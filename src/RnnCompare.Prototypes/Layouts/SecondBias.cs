using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Prototypes.Layouts;

/// <summary>The bias of the recurrent product in libraries that have one beside the bias of the input product.</summary>
/// <remarks>
/// Only their sum has a meaning, so that networks here have one bias <c>bh</c>, and the second is zero. A candidate's part that stands
/// inside the reset product (<see cref="Cells.RecurrentCell.HasCandidateBias"/>) is not meant here: it is a tensor of its own, <c>bhn</c>.
/// </remarks>
public static class SecondBias
{
    /// <summary>The name beside the canonical ones; layers and directions are suffixes as for those.</summary>
    public const string Name = "bias_hh";

    /// <summary>The gradient of a second bias, which is that of the first.</summary>
    /// <param name="gradients">The gradients of a layer.</param>
    /// <returns>(G·H), without the candidate's rows where those have a bias of their own.</returns>
    public static NdArray<T> Gradient<T>(LayerWeights<T> gradients)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(gradients);
        var rows = gradients.bh.Length - (gradients.bhn?.Length ?? 0);
        return new(gradients.bh.Data[..rows], rows);
    }

    /// <summary>Adds a second bias to the first.</summary>
    internal static void AddTo<T>(LayerWeights<T> weights, NdArray<T> second)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0; i < second.Length; i++)
        {
            weights.bh.Data[i] += second.Data[i];
        }
    }
}
