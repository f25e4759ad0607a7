using MathNet.Numerics.LinearAlgebra.Double;
using RnnCompare.Data;
using RnnCompare.Models.Initialization;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Flow;

/// <summary>What one layer's recurrence does to small differences, along the batch's first sequence: the spectra of its step Jacobians J_t = ∂s_t/∂s_{t−1} and of their products.</summary>
/// <param name="Place">The layer and direction.</param>
/// <param name="Steps">The steps t whose Jacobians were decomposed.</param>
/// <param name="SingularValues">The singular values of each of them, the largest first.</param>
/// <param name="ProductSteps">The numbers k of factors of the products J_T ⋯ J_{T−k+1} of the last k steps.</param>
/// <param name="LogProducts">ln of the singular values of each of them, the largest first; −∞ for zero.</param>
/// <param name="Exponents">The Lyapunov spectrum over the sequence; null where it is too short.</param>
public sealed record StepSpectra(
    LayerPlace Place,
    IReadOnlyList<int> Steps,
    IReadOnlyList<double[]> SingularValues,
    IReadOnlyList<int> ProductSteps,
    IReadOnlyList<double[]> LogProducts,
    LyapunovSpectrum? Exponents)
{
    private const int MostJacobians = 25;

    private const int Seed = 1;

    // Directions that are followed where only the first exponents are asked for.
    private const int LeadingDirections = 8;

    // Steps in which the directions find their places before their growth counts: a tenth of all.
    private const int WarmUpPart = 10;

    /// <summary>Measures a layer.</summary>
    /// <param name="place">The layer and direction.</param>
    /// <param name="adjoint">Its steps.</param>
    /// <param name="batch">The batch; its first sequence is looked at.</param>
    internal static StepSpectra Measure(LayerPlace place, IStepAdjoint adjoint, SequenceBatch<double> batch)
    {
        var length = batch.LengthOf(0);
        var product = GoBack(adjoint, Identity(adjoint.StateSize), length);
        int[] steps = [.. Thinning.Evenly(length, MostJacobians)];
        int[] counts = [.. Thinning.OneTwoFive(length)];
        return new(
            place,
            steps,
            [.. steps.Select(t => SingularValuesOf(adjoint.PullBack(Identity(adjoint.StateSize), t, 0)))],
            counts,
            [.. counts.Select(product.LogSingularValues)],
            ExponentsOf(product));
    }

    /// <summary>Measures the first exponents of a layer alone.</summary>
    /// <inheritdoc cref="Measure"/>
    internal static StepSpectra MeasureExponents(LayerPlace place, IStepAdjoint adjoint, SequenceBatch<double> batch)
    {
        var count = Math.Min(LeadingDirections, adjoint.StateSize);
        var start = new OrthogonalInitializer().Draw(new(count, adjoint.StateSize, adjoint.StateSize, count), new Random(Seed));
        return new(place, [], [], [], [], ExponentsOf(GoBack(adjoint, start, batch.LengthOf(0))));
    }

    private static TriangularProduct GoBack(IStepAdjoint adjoint, NdArray<double> start, int length)
    {
        var product = new TriangularProduct((rows, t) => adjoint.PullBack(rows, t, b: 0), start);
        for (var order = length - 1; order >= 0; order--)
        {
            product.Add(adjoint.StepAt(order, length));
        }

        return product;
    }

    private static LyapunovSpectrum? ExponentsOf(TriangularProduct product)
    {
        var growth = product.Logs.Skip(product.Logs.Count / WarmUpPart).ToArray();
        return growth.Length > 1 ? LyapunovSpectrum.Of(growth, stepsEach: 1) : null;
    }

    internal static NdArray<double> Identity(int size)
    {
        var identity = new NdArray<double>(size, size);
        for (var i = 0; i < size; i++)
        {
            identity[i, i] = 1;
        }

        return identity;
    }

    private static double[] SingularValuesOf(NdArray<double> matrix)
    {
        // The transpose has the same.
        return [.. new DenseMatrix(matrix.Columns, matrix.Rows, matrix.Data).Svd(computeVectors: false).S];
    }
}
