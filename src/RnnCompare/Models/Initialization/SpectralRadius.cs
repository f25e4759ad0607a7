using RnnCompare.Numerics;
using RnnCompare.Numerics.Products;

namespace RnnCompare.Models.Initialization;

/// <summary>The magnitude of a matrix's largest eigenvalue.</summary>
public static class SpectralRadius
{
    // After 50 squarings the power is 2⁵⁰, and log(‖M‖ / ρ(M)), a few tens at most, is divided by it.
    private const int Squarings = 50;

    /// <summary>ρ(A) = lim ‖Aᵐ‖^(1/m) (Gelfand 1941), with m doubled by squaring.</summary>
    /// <param name="matrix">A square matrix.</param>
    /// <remarks>
    /// Unlike the power iteration it converges for complex and for several largest eigenvalues. Each power is scaled to norm 1,
    /// so that nothing overflows; the logarithm of the scale that the k-th squaring needed counts 2⁻ᵏ.
    /// </remarks>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public static double Of(NdArray<double> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.Rank != 2 || matrix.Rows != matrix.Columns)
        {
            throw new ArgumentException($"matrix is {matrix.ShapeText}, but must be square.", nameof(matrix));
        }

        var (power, square) = (matrix.Clone(), new NdArray<double>(matrix.Rows, matrix.Rows));
        var (logarithm, share) = (0.0, 1.0);
        for (var k = 0; k <= Squarings; k++)
        {
            var norm = Vectors.Norm<double>(power.Span);
            if (norm == 0)
            {
                return 0;
            }

            Vectors.Multiply(power.Span, 1 / norm);
            logarithm += share * Math.Log(norm);
            share /= 2;
            MatrixProduct.Product(power.View(), power.View(), square.View());
            (power, square) = (square, power);
        }

        return Math.Exp(logarithm);
    }
}
