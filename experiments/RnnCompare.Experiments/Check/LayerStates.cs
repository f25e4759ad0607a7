using RnnCompare.Checking.Comparison;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Check;

/// <summary>Checks the states of all layers, of which a forward pass returns the top ones: those below are the top of the layers up to them.</summary>
internal static class LayerStates
{
    /// <summary>Compares them; null where the prototype gives none.</summary>
    public static TensorComparison? Compare(SavedPrototype saved, IRnnEngine<double> manual)
    {
        if (saved.Claims.FirstOrDefault(claim => claim.Tensor == SavedPrototype.AllStates) is not { } claim)
        {
            return null;
        }

        return StateTolerance.Compare(saved, claim, SavedPrototype.StatesOfAllLayers(saved.Weights, saved.Batch), manual);
    }
}

/// <summary>What rounding does to states that a network does not return, from what it does to those that it does: the same share of their norm.</summary>
/// <param name="floor">The measured floor.</param>
/// <param name="hidden">The top layer's states.</param>
internal sealed class StateTolerance(Tolerance floor, NdArray<double> hidden) : Tolerance
{
    /// <summary>Compares claimed states with the right ones, in the lower of their precision and the weights'.</summary>
    /// <param name="saved">The prototype.</param>
    /// <param name="claim">Its states.</param>
    /// <param name="right">The right ones.</param>
    /// <param name="engine">An engine with the prototype's weights.</param>
    public static TensorComparison Compare(SavedPrototype saved, PrototypeArray<double> claim, NdArray<double> right, IRnnEngine<double> engine)
    {
        var precision = PrototypeCheck.PrecisionOf(saved).Lower(PrototypeCheck.PrecisionOf(claim));
        var tolerance = new StateTolerance(NoiseFloor.Measure(saved.Weights, saved.Batch, precision), engine.Forward(saved.Batch).Hidden);
        return TensorComparison.Compare(saved.Spec, claim.Tensor, right, claim.Values, tolerance);
    }

    /// <inheritdoc/>
    public override double Limit => floor.Limit;

    /// <inheritdoc/>
    public override double[] Units(RnnSpec spec, string name, NdArray<double> expected) => [floor.Units(spec, "h", hidden).Sum() / Norm(hidden) * Norm(expected)];

    private static double Norm(NdArray<double> values) => Math.Sqrt(values.Data.Sum(value => value * value));
}
