using System.Numerics;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Training;

/// <summary>The first engine once more, a rounding away: how far it moves off is what rounding alone does to a trajectory.</summary>
/// <param name="Trained">The engine and its state.</param>
/// <param name="IsReversed">Whether its hidden units stand in reverse order.</param>
/// <typeparam name="T">The precision.</typeparam>
internal sealed record PerturbedCopy<T>(Contender<T> Trained, bool IsReversed)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The weights in the first engine's order of units.</summary>
    public RnnWeights<T> ReadWeights()
    {
        var weights = Trained.Engine.ReadWeights();
        return IsReversed ? Perturbation.Reversed(weights) : weights;
    }
}
