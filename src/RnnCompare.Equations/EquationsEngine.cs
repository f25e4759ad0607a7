using System.Numerics;
using RnnCompare.Bptt;
using RnnCompare.Engines;
using RnnCompare.Equations.Running;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Optimizers;

namespace RnnCompare.Equations;

/// <summary>The engine that runs a cell's equations, and the backward pass that follows from them.</summary>
/// <remarks>
/// Operations element by element run over lanes one after the other, and are not fused. That costs little, since the products are
/// the hand-written engine's: a training step takes 1.2 to 1.4 times as long as there, for every built-in cell at (T, B, I, H, O) =
/// (25, 1, 65, 100, 65) and (50, 16, 32, 64, 32) in float32 (<c>rnncompare speed --engines manual,equations</c> on an AMD EPYC with AVX-512).
/// </remarks>
/// <typeparam name="T">The precision.</typeparam>
public sealed class EquationsEngine<T> : UnrolledEngine<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly NetworkPrograms _programs;
    private readonly Disturbance<T>? _disturbance;

    /// <summary>Creates an engine with a copy of the given weights.</summary>
    /// <param name="weights">The first weights, and with them the network.</param>
    /// <param name="training">How training steps update; null for plain SGD.</param>
    /// <param name="threads">How many threads share large products; results do not depend on it.</param>
    /// <param name="disturbance">What changes every value as soon as it is computed; null for nothing.</param>
    /// <param name="programs">The programs; null for those that follow from the cell's equations.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer threads than one.</exception>
    /// <exception cref="NotSupportedException">The cell has no equations.</exception>
    public EquationsEngine(RnnWeights<T> weights, TrainingOptions? training = null, int threads = 1, Disturbance<T>? disturbance = null, NetworkPrograms? programs = null)
        : base("equations", weights, training, threads)
    {
        (_programs, _disturbance) = (programs ?? NetworkPrograms.Of(Spec), disturbance);
    }

    /// <inheritdoc/>
    protected override IUnrolledNetwork<T> Unroll(RnnWeights<T> weights, int steps, int batchSize, Workers workers) => new NetworkRun<T>(weights, _programs, steps, batchSize, workers, disturbance: _disturbance);
}
