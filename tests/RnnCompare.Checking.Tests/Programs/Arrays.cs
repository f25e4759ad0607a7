using RnnCompare.Numerics;

namespace RnnCompare.Checking.Tests.Programs;

/// <summary>What a prototype in NumPy is written with, in the plainest loops: nothing here is shared with the code under test.</summary>
internal static class Arrays
{
    public static double[][] Zeros(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => new double[columns])];

    public static double[][] Of(NdArray<double> matrix) => [.. Enumerable.Range(0, matrix.Rows).Select(row => matrix.Row(row).ToArray())];

    public static NdArray<double> ToNdArray(double[][] matrix) => new([.. matrix.SelectMany(row => row)], matrix.Length, matrix[0].Length);

    public static double[][] Transposed(double[][] a) => [.. a[0].Select((_, j) => a.Select(row => row[j]).ToArray())];

    public static double[][] Dot(double[][] a, double[][] b)
    {
        var product = Zeros(a.Length, b[0].Length);
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < b[0].Length; j++)
            {
                for (var k = b.Length - 1; k >= 0; k--)
                {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }

        return product;
    }

    public static double[][] Zip(double[][] a, double[][] b, Func<double, double, double> f) => [.. a.Zip(b, (x, y) => x.Zip(y, f).ToArray())];

    public static double[][] Plus(double[][] a, double[][] b) => Zip(a, b, (x, y) => x + y);

    public static double[] SumOfRows(double[][] a) => a.Aggregate(new double[a[0].Length], (sum, row) => [.. sum.Zip(row, (x, y) => x + y)]);

    public static double[][] PlusRow(double[][] a, double[] row) => [.. a.Select(x => x.Zip(row, (p, q) => p + q).ToArray())];
}
