using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Flow;

/// <summary>A product of many step Jacobians, kept as triangular factors because the product itself would over- and underflow.</summary>
/// <remarks>
/// Going back through J_T, J_{T−1}, …, each step is followed by a QR decomposition: (J_T ⋯ J_1)ᵀ = Q·R_T ⋯ R_1, where the sums
/// of ln|diagonal| grow with the Lyapunov exponents (Benettin et al. 1980; Eckmann &amp; Ruelle 1985) and the R's have the
/// singular values of the product.
/// </remarks>
internal sealed class TriangularProduct
{
    private const int Sweeps = 100;
    private const double Accuracy = 1e-10;

    private readonly Func<NdArray<double>, int, NdArray<double>> _pullBack;
    private readonly List<Matrix<double>> _factors = [];
    private readonly List<double[]> _logs = [];
    private NdArray<double> _rows;

    /// <summary>Begins with the identity, or with some other orthonormal rows.</summary>
    /// <param name="pullBack">rows·J_t, from rows (k, S) and t.</param>
    /// <param name="start">Orthonormal rows (k, S); all S of them for singular values.</param>
    public TriangularProduct(Func<NdArray<double>, int, NdArray<double>> pullBack, NdArray<double> start)
    {
        (_pullBack, _rows) = (pullBack, start);
    }

    /// <summary>ln|diagonal| of the R of each decomposition so far.</summary>
    public IReadOnlyList<double[]> Logs => _logs;

    /// <summary>Goes back through some steps and decomposes.</summary>
    /// <param name="steps">The steps, in the order in which the gradient meets them; more than one only where they do not yet part the directions much.</param>
    public void Add(params ReadOnlySpan<int> steps)
    {
        foreach (var t in steps)
        {
            _rows = _pullBack(_rows, t);
        }

        // Rows side by side are the columns of the library's matrix: no copy on the way in.
        var factorization = new DenseMatrix(_rows.Columns, _rows.Rows, _rows.Data).QR(QRMethod.Thin);
        _rows = new(((DenseMatrix)factorization.Q).Values, _rows.Rows, _rows.Columns);
        _logs.Add(Logarithms(factorization.R));
        _factors.Add(factorization.R);
    }

    /// <summary>ln of the singular values of the product of the first <paramref name="count"/> factors, the largest first.</summary>
    /// <remarks>
    /// The QR algorithm without ever forming the product: its transpose Rᵀ_1 ⋯ Rᵀ_k is decomposed from the other end into new
    /// triangular factors, again and again; the diagonals converge to the singular values (Rutishauser's iteration on PᵀP),
    /// by the square of the ratio of neighbours in each sweep. Equal ones need not part.
    /// </remarks>
    public double[] LogSingularValues(int count)
    {
        var factors = _factors.Take(count).ToArray();
        if (count == 1)
        {
            return [.. factors[0].Svd(computeVectors: false).S.Select(Math.Log)];
        }

        var logs = Sum(factors);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            factors = Transposed(factors);
            var next = Sum(factors);
            var change = logs.Zip(next, (a, b) => double.IsNegativeInfinity(a) && double.IsNegativeInfinity(b) ? 0 : Math.Abs(a - b)).Max();
            logs = next;
            if (change <= Accuracy)
            {
                break;
            }
        }

        return [.. logs.OrderDescending()];
    }

    // Of R_k ⋯ R_1 to the factors of its transpose R_1ᵀ ⋯ R_kᵀ: the factor that acts first is R_kᵀ.
    private static Matrix<double>[] Transposed(Matrix<double>[] factors)
    {
        var result = new Matrix<double>[factors.Length];
        var q = Matrix<double>.Build.DenseIdentity(factors[0].RowCount);
        for (var i = 0; i < factors.Length; i++)
        {
            var factorization = factors[^(i + 1)].TransposeThisAndMultiply(q).QR(QRMethod.Thin);
            (q, result[i]) = (factorization.Q, factorization.R);
        }

        return result;
    }

    private static double[] Sum(Matrix<double>[] factors)
    {
        var sum = new double[factors[0].RowCount];
        foreach (var logs in factors.Select(Logarithms))
        {
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += logs[i];
            }
        }

        return sum;
    }

    private static double[] Logarithms(Matrix<double> r) => [.. r.Diagonal().Select(value => Math.Log(Math.Abs(value)))];
}
