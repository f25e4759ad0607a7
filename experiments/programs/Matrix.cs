using System;
using System.Linq;

namespace RnnCompare.Programs;

/// <summary>What NumPy is to a prototype: matrices with elementwise operators, in which a single row or column is repeated. No more than these programs need.</summary>
internal sealed class Matrix(int rows, int columns)
{
    private readonly double[,] _values = new double[rows, columns];

    public int Rows => rows;

    public int Columns => columns;

    public Matrix T => Fill(columns, rows, (i, j) => _values[j, i]);

    public double this[int row, int column]
    {
        get => _values[row, column];
        set => _values[row, column] = value;
    }

    public static Matrix operator +(Matrix a, Matrix b) => Zip(a, b, (x, y) => x + y);

    public static Matrix operator -(Matrix a, Matrix b) => Zip(a, b, (x, y) => x - y);

    public static Matrix operator *(Matrix a, Matrix b) => Zip(a, b, (x, y) => x * y);

    public static Matrix operator -(double a, Matrix b) => b.Map(y => a - y);

    public static Matrix operator +(double a, Matrix b) => b.Map(y => a + y);

    public static Matrix operator *(double a, Matrix b) => b.Map(y => a * y);

    public static Matrix operator /(Matrix a, double b) => a.Map(x => x / b);

    public static Matrix operator -(Matrix a) => a.Map(x => -x);

    public static Matrix Draw(Random random, int rows, int columns, double scale = 0.7) => Fill(rows, columns, (_, _) => ((2 * random.NextDouble()) - 1) * scale);

    public static Matrix[] Draw(Random random, int count, int rows, int columns, double scale = 1) => [.. Enumerable.Range(0, count).Select(_ => Draw(random, rows, columns, scale))];

    public static Matrix Tanh(Matrix a) => a.Map(Math.Tanh);

    public static Matrix Sigmoid(Matrix a) => a.Map(x => 1 / (1 + Math.Exp(-x)));

    /// <summary>The matrices side by side.</summary>
    public static Matrix Beside(params Matrix[] parts)
    {
        var whole = new Matrix(parts[0].Rows, parts.Sum(part => part.Columns));
        var start = 0;
        foreach (var part in parts)
        {
            for (var i = 0; i < part.Rows; i++)
            {
                for (var j = 0; j < part.Columns; j++)
                {
                    whole[i, start + j] = part[i, j];
                }
            }

            start += part.Columns;
        }

        return whole;
    }

    /// <summary>An axis in front of the matrices'.</summary>
    public static double[,,] Stack(params Matrix[] parts)
    {
        var whole = new double[parts.Length, parts[0].Rows, parts[0].Columns];
        for (var k = 0; k < parts.Length; k++)
        {
            for (var i = 0; i < parts[k].Rows; i++)
            {
                for (var j = 0; j < parts[k].Columns; j++)
                {
                    whole[k, i, j] = parts[k][i, j];
                }
            }
        }

        return whole;
    }

    public Matrix Dot(Matrix other)
    {
        return columns == other.Rows
            ? Fill(rows, other.Columns, (i, j) => Enumerable.Range(0, columns).Sum(k => _values[i, k] * other[k, j]))
            : throw new ArgumentException($"{rows}x{columns} times {other.Rows}x{other.Columns}");
    }

    public Matrix Map(Func<double, double> f) => Fill(rows, columns, (i, j) => f(_values[i, j]));

    /// <summary>Columns from one up to another, which is left out.</summary>
    public Matrix Slice(int from, int to) => Fill(rows, to - from, (i, j) => _values[i, from + j]);

    /// <summary>The sum of all rows, as a row.</summary>
    public Matrix SumRows() => Fill(1, columns, (_, j) => Enumerable.Range(0, rows).Sum(i => _values[i, j]));

    public double Sum() => _values.Cast<double>().Sum();

    public double[] Flat() => [.. _values.Cast<double>()];

    public double[,] Array() => (double[,])_values.Clone();

    /// <summary>Each row's exponentials divided by their sum.</summary>
    public Matrix Softmax()
    {
        var p = Map(Math.Exp);
        return Fill(rows, columns, (i, j) => p[i, j] / Enumerable.Range(0, columns).Sum(k => p[i, k]));
    }

    private static Matrix Zip(Matrix a, Matrix b, Func<double, double, double> f)
    {
        bool Fits(int x, int y) => x == y || x == 1 || y == 1;
        return Fits(a.Rows, b.Rows) && Fits(a.Columns, b.Columns)
            ? Fill(Math.Max(a.Rows, b.Rows), Math.Max(a.Columns, b.Columns), (i, j) => f(a[i % a.Rows, j % a.Columns], b[i % b.Rows, j % b.Columns]))
            : throw new ArgumentException($"{a.Rows}x{a.Columns} with {b.Rows}x{b.Columns}");
    }

    private static Matrix Fill(int rows, int columns, Func<int, int, double> value)
    {
        var filled = new Matrix(rows, columns);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                filled[i, j] = value(i, j);
            }
        }

        return filled;
    }
}
