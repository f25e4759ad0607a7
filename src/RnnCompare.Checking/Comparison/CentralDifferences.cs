using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Checking.Comparison;

/// <summary>Derivatives of an engine's own loss in random directions, by central differences in float64: they know nothing of any backward pass.</summary>
/// <remarks>
/// Errors are relative to |derivative| + 10⁻⁶·(|loss| + max |y|): below that, differences of float64 losses see nothing. A right gradient
/// lies below 10⁻⁵; relu, whose derivative jumps, may exceed it where a direction crosses a kink.
/// </remarks>
public static class CentralDifferences
{
    // The truncation error falls with h², the rounding error grows with 1/h, and a kink is crossed or not; which one wins depends on the problem.
    private static readonly double[] Steps = [1e-4, 1e-5, 1e-3, 1e-6, 1e-2, 1e-7, 1e-8];

    // Near enough that another step need not be tried.
    private const double Confirmed = 1e-7;

    /// <summary>Checks the gradient of every weight, real input and initial state by itself.</summary>
    /// <param name="engine">The engine; its weights are changed and put back.</param>
    /// <param name="batch">The batch, with targets.</param>
    /// <param name="seed">Chooses the directions.</param>
    /// <param name="directions">How many directions each array is tried in.</param>
    /// <returns>One row per array and direction.</returns>
    /// <exception cref="ArgumentException">The batch does not fit the network, or has no targets.</exception>
    public static IReadOnlyList<DirectionalDerivative> Check(IRnnEngine<double> engine, SequenceBatch<double> batch, int seed, int directions = 2)
    {
        var (random, loss) = (new Random(seed), new MovableLoss(engine, batch));
        var rows = new List<DirectionalDerivative>();
        foreach (var array in loss.Arrays)
        {
            for (var i = 0; i < directions; i++)
            {
                rows.Add(Along(array.Name, [array], random, loss));
            }
        }

        loss.PutBack();
        return rows;
    }

    /// <summary>Checks all gradients at once, in one direction through all arrays together.</summary>
    /// <param name="engine">The engine; its weights are changed and put back.</param>
    /// <param name="batch">The batch, with targets.</param>
    /// <param name="seed">Chooses the direction.</param>
    /// <exception cref="ArgumentException">The batch does not fit the network, or has no targets.</exception>
    public static DirectionalDerivative CheckTogether(IRnnEngine<double> engine, SequenceBatch<double> batch, int seed)
    {
        var loss = new MovableLoss(engine, batch);
        var row = Along("all gradients together", loss.Arrays, new(seed), loss);
        loss.PutBack();
        return row;
    }

    private static DirectionalDerivative Along(string name, IReadOnlyList<MovableArray> arrays, Random random, MovableLoss loss)
    {
        var claimed = 0.0;
        var directions = arrays.Select(array => Direction(random, array.Values.Length)).ToArray();
        foreach (var (array, direction) in arrays.Zip(directions))
        {
            for (var i = 0; i < direction.Length; i++)
            {
                claimed += direction[i] * array.Gradient.Data[i];
            }
        }

        var (best, error) = (double.NaN, double.PositiveInfinity);
        for (var i = 0; i < Steps.Length && !(error < Confirmed); i++)
        {
            var numeric = (loss.At(arrays, directions, Steps[i]) - loss.At(arrays, directions, -Steps[i])) / (2 * Steps[i]);
            var distance = Math.Abs(numeric - claimed) / (Math.Abs(numeric) + (1e-6 * loss.Scale));
            (best, error) = distance >= error ? (best, error) : (numeric, distance);
        }

        return new(name, claimed, best, error);
    }

    private static double[] Direction(Random random, int length)
    {
        var direction = new double[length];
        for (var i = 0; i < length; i++)
        {
            direction[i] = random.NextNormal();
        }

        var norm = ScaledNorm.Of(direction);
        for (var i = 0; i < length; i++)
        {
            direction[i] /= norm;
        }

        return direction;
    }
}
