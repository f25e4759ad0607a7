using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Optimizers;

namespace RnnCompare.Torch;

/// <summary>The engine of production code: nn.RNN, nn.LSTM or nn.GRU, and nn.Linear.</summary>
/// <typeparam name="T">The precision: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// bias_hh is held at zero, since two biases in place of one would double the bias's step; of GRU's, the candidate's part
/// is trained. The layers keep their states to themselves, so this engine reports no dL/dh_t.
/// </remarks>
public sealed class FusedEngine<T> : TorchEngine<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Creates an engine with a copy of the given weights.</summary>
    /// <param name="weights">The first weights, and with them the network.</param>
    /// <param name="training">How training steps update; null for plain SGD.</param>
    /// <exception cref="NotSupportedException">TorchSharp has no fused layer of the cell.</exception>
    public FusedEngine(RnnWeights<T> weights, TrainingOptions? training = null)
        : base("fused", weights, CreateNetwork(weights), training)
    {
    }

    /// <summary>Whether TorchSharp has a fused layer of a cell.</summary>
    public static bool Supports(RecurrentCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.TorchLayer is not null;
    }

    private static FusedNetwork CreateNetwork(RnnWeights<T> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new(weights.Spec, TorchArrays.Precision<T>());
    }
}
