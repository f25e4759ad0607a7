using MathNet.Numerics.LinearAlgebra.Double;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Products;

namespace RnnCompare.Experiments.Flow;

/// <summary>A product of many step Jacobians, kept as triangular factors because the product itself would over- and underflow.</summary>
/// <remarks>
/// Orthonormal rows go back through J_T, J_{T−1}, …, and each step is followed by a QR decomposition, here in row form:
/// J_T·J_{T−1} ⋯ J_{T−k+1} = L₁·L₂ ⋯ L_k·Q. The sums of ln of the diagonals grow with the Lyapunov exponents (Benettin et al.
/// 1980; Eckmann &amp; Ruelle 1985), and L₁ ⋯ L_k has the singular values of the product.
/// The decomposition is this project's: at S = 512 it takes a tenth of the time of MathNet's.
/// </remarks>
internal sealed class TriangularProduct
{
    private const int Sweeps = 60;
    private const double Accuracy = 1e-7;

    // Up to this ratio of the largest to the smallest, the product is formed and decomposed at once.
    private const double ModestCondition = 1e6;

    private readonly Func<NdArray<double>, int, NdArray<double>> _pullBack;
    private readonly List<NdArray<double>> _factors = [];
    private readonly List<double[]> _logs = [];
    private NdArray<double> _rows;

    /// <summary>Begins with the identity, or with some other orthonormal rows.</summary>
    /// <param name="pullBack">rows·J_t, from rows (k, S) and t.</param>
    /// <param name="start">Orthonormal rows (k, S); all S of them for singular values.</param>
    public TriangularProduct(Func<NdArray<double>, int, NdArray<double>> pullBack, NdArray<double> start)
    {
        (_pullBack, _rows) = (pullBack, start);
    }

    /// <summary>ln of the diagonal of the L of each decomposition so far; −∞ for a direction that is lost.</summary>
    public IReadOnlyList<double[]> Logs => _logs;

    /// <summary>Goes back through some steps and decomposes.</summary>
    /// <param name="steps">The steps, in the order in which the gradient meets them; more than one only where they do not yet part the directions much.</param>
    public void Add(params ReadOnlySpan<int> steps)
    {
        foreach (var t in steps)
        {
            _rows = _pullBack(_rows, t);
        }

        var factor = new NdArray<double>(_rows.Rows, _rows.Rows);
        RowFactorization.Orthonormalize(_rows, factor);
        _factors.Add(factor);
        _logs.Add(Logarithms(factor));
    }

    /// <summary>ln of the singular values of the product of the first <paramref name="count"/> factors, the largest first.</summary>
    /// <remarks>
    /// The QR algorithm without ever forming the product: its transpose L_kᵀ ⋯ L₁ᵀ is decomposed from the other end into new
    /// triangular factors, again and again; the diagonals converge to the singular values, by the ratio of neighbours in
    /// each sweep. Where the ratios are modest, the product is formed after all.
    /// </remarks>
    public double[] LogSingularValues(int count)
    {
        var factors = _factors.Take(count).ToArray();
        var logs = Sum(factors);
        if (logs.Max() - logs.Min() <= Math.Log(ModestCondition))
        {
            return OfWhole(factors);
        }

        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            factors = Transposed(factors);
            var next = Sum(factors);
            var change = logs.Zip(next, (a, b) => a == b ? 0 : Math.Abs(a - b)).Max();
            logs = next;
            if (change <= Accuracy)
            {
                break;
            }
        }

        return [.. logs.OrderDescending()];
    }

    // Scaled to a largest element of 1 after every factor, so that it stays within the numbers' range.
    private static double[] OfWhole(NdArray<double>[] factors)
    {
        var (product, scale) = (factors[0], 0.0);
        foreach (var factor in factors.Skip(1))
        {
            product = Times(product, factor.View());
            var largest = product.Data.Max(Math.Abs);
            Vectors.Multiply(product.Span, 1 / largest);
            scale += Math.Log(largest);
        }

        return [.. new DenseMatrix(product.Columns, product.Rows, [.. product.Data]).Svd(computeVectors: false).S.Select(value => scale + Math.Log(value))];
    }

    // L₁ ⋯ L_k to the factors of its transpose L_kᵀ ⋯ L₁ᵀ.
    private static NdArray<double>[] Transposed(NdArray<double>[] factors)
    {
        var result = new NdArray<double>[factors.Length];
        var rows = StepSpectra.Identity(factors[0].Rows);
        for (var i = 0; i < factors.Length; i++)
        {
            rows = Times(rows, factors[^(i + 1)].View().Transposed);
            result[i] = new(rows.Rows, rows.Rows);
            RowFactorization.Orthonormalize(rows, result[i]);
        }

        return result;
    }

    private static NdArray<double> Times(NdArray<double> a, MatrixView<double> b)
    {
        var result = new NdArray<double>(a.Rows, b.Columns);
        MatrixProduct.Product(a.View(), b, result.View());
        return result;
    }

    private static double[] Sum(NdArray<double>[] factors)
    {
        var sum = new double[factors[0].Rows];
        foreach (var logs in factors.Select(Logarithms))
        {
            Vectors.Add<double>(logs, sum);
        }

        return sum;
    }

    private static double[] Logarithms(NdArray<double> factor) => [.. Enumerable.Range(0, factor.Rows).Select(i => Math.Log(factor[i, i]))];
}
