using System.Numerics;
using RnnCompare.Models;

namespace RnnCompare.Engines;

/// <summary>What a training step reports.</summary>
/// <param name="Loss">The loss before the update.</param>
/// <param name="FinalState">The state after each sequence's last step, to be carried to the next batch; valid until the engine's next call.</param>
/// <typeparam name="T">The precision.</typeparam>
public readonly record struct TrainingStep<T>(double Loss, RnnState<T> FinalState)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The size of the gradients before clipping, of the last update where there were several; null unless <see cref="IResumableEngine{T}.MeasuresGradients"/> is on.</summary>
    public GradientSize? Gradients { get; init; }
}
