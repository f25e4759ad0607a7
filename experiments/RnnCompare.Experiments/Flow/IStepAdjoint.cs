using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Flow;

/// <summary>Carries row vectors back through single steps of a layer: v ↦ v·J_t, where J_t = ∂s_t/∂s_{t−1} with the layer's inputs held fixed.</summary>
/// <remarks>The state s is h, or [h, c] for cells that have a cell state; S is its size.</remarks>
internal interface IStepAdjoint
{
    /// <summary>S, the numbers of a state.</summary>
    int StateSize { get; }

    /// <summary>The number of the step that is computed as number <paramref name="order"/> of a sequence.</summary>
    /// <param name="order">From 0 to <paramref name="length"/> − 1.</param>
    /// <param name="length">The steps of the sequence.</param>
    int StepAt(int order, int length);

    /// <summary>rows·J_t.</summary>
    /// <param name="rows">(k, S).</param>
    /// <param name="t">The step.</param>
    /// <param name="b">The sequence.</param>
    /// <returns>(k, S), new.</returns>
    NdArray<double> PullBack(NdArray<double> rows, int t, int b);
}
