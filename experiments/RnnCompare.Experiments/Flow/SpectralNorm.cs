using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Flow;

/// <summary>The largest singular value of a matrix.</summary>
internal static class SpectralNorm
{
    private const int Iterations = 10_000;
    private const double Accuracy = 1e-13;

    /// <summary>Power iteration on MᵀM from a fixed start, until the value stands still.</summary>
    public static double Of(NdArray<double> matrix)
    {
        // Uneven, so that it is orthogonal to no likely singular vector.
        var v = Enumerable.Range(0, matrix.Columns).Select(i => 1 + Math.Sqrt(i + 1) % 1).ToArray();
        var u = new double[matrix.Rows];
        var value = 0.0;
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            Scale(v, 1 / Length(v));
            for (var row = 0; row < matrix.Rows; row++)
            {
                u[row] = Dot(matrix.Row(row), v);
            }

            var next = Length(u);
            if (Math.Abs(next - value) <= Accuracy * next)
            {
                return next;
            }

            value = next;
            Array.Clear(v);
            for (var row = 0; row < matrix.Rows; row++)
            {
                for (var column = 0; column < matrix.Columns; column++)
                {
                    v[column] += matrix[row, column] * u[row];
                }
            }
        }

        return value;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static double Length(double[] vector) => Math.Sqrt(Dot(vector, vector));

    private static void Scale(double[] vector, double factor)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] *= factor;
        }
    }
}
