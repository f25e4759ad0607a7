using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Comparison;

/// <summary>Derivatives of an engine's own loss in random directions, by central differences in float64: they know nothing of any backward pass.</summary>
public static class CentralDifferences
{
    // The truncation error falls with h², the rounding error grows with 1/h; which one wins depends on the problem.
    private static readonly double[] Steps = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

    /// <summary>Compares an engine's gradients with differences of its losses, in random directions through every weight, real input and state.</summary>
    /// <param name="engine">The engine; its weights are changed and put back.</param>
    /// <param name="batch">The batch, with targets.</param>
    /// <param name="seed">Chooses the directions.</param>
    /// <param name="directions">How many directions each array is tried in.</param>
    /// <returns>
    /// One row per array and direction. Relative to |derivative| + |loss|·10⁻⁷: below that, differences of float64 losses see
    /// nothing. A right gradient lies below 10⁻⁵; relu, whose derivative jumps, may exceed it where a direction crosses a kink.
    /// </returns>
    /// <exception cref="ArgumentException">The batch does not fit the network, or has no targets.</exception>
    public static IReadOnlyList<DirectionalDerivative> Check(IRnnEngine<double> engine, SequenceBatch<double> batch, int seed, int directions = 2)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(batch);
        var random = new Random(seed);
        var result = engine.Gradients(batch);
        var (original, moved) = (engine.ReadWeights(), engine.ReadWeights());
        var rows = new List<DirectionalDerivative>();
        foreach (var (tensor, gradient) in moved.Tensors.Zip(result.Weights.Tensors))
        {
            Check(TensorNames.Gradient(tensor.Name), tensor.Values, gradient.Values, () =>
            {
                engine.LoadWeights(moved);
                return engine.Gradients(batch).Loss;
            });
        }

        engine.LoadWeights(original);
        if (batch.Inputs.Values is { } x && result.Inputs is { } dx)
        {
            var shifted = x.Clone();
            var shiftedBatch = batch with { Inputs = new(shifted) };
            Check("dx", shifted, dx, () => engine.Gradients(shiftedBatch).Loss);
        }

        var state = (batch.InitialState ?? RnnState<double>.Zeros(engine.Spec, batch.BatchSize)).Convert<double>();
        var stateBatch = batch with { InitialState = state };
        Check("dh0", state.Hidden, result.InitialState.Hidden, () => engine.Gradients(stateBatch).Loss);
        if (state.Cell is not null)
        {
            Check("dc0", state.Cell, result.InitialState.Cell!, () => engine.Gradients(stateBatch).Loss);
        }

        return rows;

        void Check(string name, NdArray<double> values, NdArray<double> gradient, Func<double> loss)
        {
            for (var i = 0; i < directions; i++)
            {
                rows.Add(Along(name, values, gradient, Direction(random, values.Length), loss, result.Loss));
            }
        }
    }

    private static DirectionalDerivative Along(string name, NdArray<double> values, NdArray<double> gradient, double[] direction, Func<double> loss, double lossHere)
    {
        var claimed = 0.0;
        for (var i = 0; i < direction.Length; i++)
        {
            claimed += direction[i] * gradient.Data[i];
        }

        var saved = (double[])values.Data.Clone();
        var (best, nearest) = (double.NaN, double.PositiveInfinity);
        foreach (var step in Steps)
        {
            var numeric = (LossAt(step) - LossAt(-step)) / (2 * step);
            if (!(Math.Abs(numeric - claimed) >= nearest))
            {
                (best, nearest) = (numeric, Math.Abs(numeric - claimed));
            }
        }

        saved.CopyTo(values.Data, 0);
        return new(name, claimed, best, nearest / (Math.Abs(best) + (1e-7 * Math.Abs(lossHere))));

        double LossAt(double shift)
        {
            for (var i = 0; i < saved.Length; i++)
            {
                values.Data[i] = saved[i] + (shift * direction[i]);
            }

            return loss();
        }
    }

    private static double[] Direction(Random random, int length)
    {
        var direction = new double[length];
        for (var i = 0; i < length; i++)
        {
            direction[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        }

        var norm = ScaledNorm.Of(direction);
        for (var i = 0; i < length; i++)
        {
            direction[i] /= norm;
        }

        return direction;
    }
}
