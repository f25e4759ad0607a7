using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>Passes over one set of weights and one batch, whatever their precision.</summary>
internal interface IReplay
{
    /// <summary>One array of a pass with given mistakes, widened to float64; not to be written to.</summary>
    /// <param name="name">Its name in a <see cref="Comparison.TensorSet"/>.</param>
    /// <param name="variant">The mistakes.</param>
    NdArray<double> Values(string name, Variant variant);

    /// <summary>The norm of all gradients of weights together, before clipping and normalising.</summary>
    double WeightGradientNorm(Variant variant);
}
