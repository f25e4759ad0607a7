using System.Numerics;
using RnnCompare.Engines;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Tasks;

/// <summary>A task whose model can be asked for something new of its own.</summary>
/// <typeparam name="T">The precision.</typeparam>
public interface ISampledTask<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Draws from the model; the same seed draws the same from the same weights and state.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="trained">The state that training has come to; null for zeros.</param>
    /// <param name="seed">What the draws start from.</param>
    IReadOnlyList<string> Sample(IRnnEngine<T> engine, RnnState<T>? trained, int seed);
}
