using System.Numerics;
using RnnCompare.Engines;

namespace RnnCompare.Experiments.Tasks;

/// <summary>A task whose model can be asked for something new of its own.</summary>
/// <typeparam name="T">The precision.</typeparam>
public interface ISampledTask<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Draws from the model; the same seed draws the same from the same weights.</summary>
    IReadOnlyList<string> Sample(IRnnEngine<T> engine, int seed);
}
