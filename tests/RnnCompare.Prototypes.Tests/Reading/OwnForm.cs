using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Tests.Reading;

/// <summary>
/// A network of one layer computed in plain loops from arrays as people have them. Names, shapes and orders are written out here a
/// second time, so that a mistake in the description of a convention cannot hide in the code that follows it.
/// </summary>
internal sealed class OwnForm(string convention, string cell, NamedArrays arrays)
{
    private bool Gru => cell.StartsWith("gru", StringComparison.Ordinal);

    // Gates in the order in which they are stacked.
    private string Order => cell == "lstm" ? "ifgo" : !Gru ? "h" : convention == "keras" ? "zrn" : "rzn";

    private NdArray<double> X => arrays.Get<double>("x");

    private NdArray<double> H0 => arrays.Get<double>(convention == "uwv" ? "s0" : "h0");

    private NdArray<double> C0 => arrays.Get<double>("c0");

    private NdArray<double> Targets => arrays.Get<double>("targets");

    /// <summary>½·Σ(y − t)² over every step.</summary>
    public double Loss(int steps, int batch, int inputs, int hidden, int outputs)
    {
        var loss = 0.0;
        for (var b = 0; b < batch; b++)
        {
            var h = Vector(hidden, j => State(H0, b, j, batch, hidden));
            var c = cell == "lstm" ? Vector(hidden, j => State(C0, b, j, batch, hidden)) : [];
            for (var t = 0; t < steps; t++)
            {
                (h, c) = Step(Vector(inputs, i => At(X, t, b, i, steps, batch, inputs)), h, c);
                var y = Output(h);
                loss += Enumerable.Range(0, outputs).Sum(o => 0.5 * Math.Pow(y[o] - At(Targets, t, b, o, steps, batch, outputs), 2));
            }
        }

        return loss;
    }

    private (double[] Hidden, double[] Cell) Step(double[] x, double[] h, double[] c)
    {
        var (size, z, m) = (h.Length, Input(x), Hidden(h));
        double Sum(char gate, int j) => z[(Order.IndexOf(gate, StringComparison.Ordinal) * size) + j] + m[(Order.IndexOf(gate, StringComparison.Ordinal) * size) + j];
        switch (cell)
        {
            case "tanh":
                return (Vector(size, j => Math.Tanh(Sum('h', j))), c);
            case "relu":
                return (Vector(size, j => Math.Max(0, Sum('h', j))), c);
            case "lstm":
                c = Vector(size, j => (Sigmoid(Sum('f', j)) * c[j]) + (Sigmoid(Sum('i', j)) * Math.Tanh(Sum('g', j))));
                return (Vector(size, j => Sigmoid(Sum('o', j)) * Math.Tanh(c[j])), c);
            default:
                var r = Vector(size, j => Sigmoid(Sum('r', j)));
                var inner = cell == "gru" ? Vector(size, j => r[j] * m[(2 * size) + j]) : Hidden(Vector(size, j => r[j] * h[j]))[(2 * size)..];
                return (Vector(size, j =>
                {
                    var update = Sigmoid(Sum('z', j));
                    return ((1 - update) * Math.Tanh(z[(2 * size) + j] + inner[j])) + (update * h[j]);
                }), c);
        }
    }

    private double[] Input(double[] x) => convention switch
    {
        "canonical" or "karpathy" => Add(Columns("Wxh", x), "bh"),
        "row" => Add(Rows("Wxh", x), "bhh"),
        "w123" => Add(Rows("W1", x), "bh"),
        "uwv" => Add(Columns("U", x), "ba"),
        "pytorch" => Add(Columns("weight_ih_l0", x), "bias_ih_l0"),
        "keras" => Add(Rows("kernel", x), "bias"),
        _ => throw new ArgumentException(convention),
    };

    private double[] Hidden(double[] h) => convention switch
    {
        "canonical" or "karpathy" => AddToCandidate(Columns("Whh", h), "bhn"),
        "row" => AddToCandidate(Rows("Whh", h), "bhn"),
        "w123" => AddToCandidate(Rows("W2", h), "bhn"),
        "uwv" => AddToCandidate(Columns("W", h), "ban"),
        "pytorch" => Add(Columns("weight_hh_l0", h), "bias_hh_l0"),
        "keras" => cell == "gru" ? Add(Rows("recurrent_kernel", h), "bias", row: 1) : Rows("recurrent_kernel", h),
        _ => throw new ArgumentException(convention),
    };

    private double[] Output(double[] h) => convention switch
    {
        "canonical" or "karpathy" => Add(Columns("Why", h), "by"),
        "row" => Add(Rows("Who", h), "bho"),
        "w123" => Add(Columns("W3", h), "bo"),
        "uwv" => Add(Columns("V", h), "by"),
        "pytorch" => Add(Columns("fc.weight", h), "fc.bias"),
        "keras" => Add(Rows("dense/kernel", h), "dense/bias"),
        _ => throw new ArgumentException(convention),
    };

    private double At(NdArray<double> array, int t, int b, int f, int steps, int batch, int features) => convention switch
    {
        "w123" or "keras" => array.Data[(((b * steps) + t) * features) + f],
        "uwv" => array.Data[(((f * batch) + b) * steps) + t],
        "karpathy" => array.Data[(((t * features) + f) * batch) + b],
        _ => array.Data[(((t * batch) + b) * features) + f],
    };

    private double State(NdArray<double> array, int b, int j, int batch, int hidden)
    {
        return convention is "uwv" or "karpathy" ? array.Data[(j * batch) + b] : array.Data[(b * hidden) + j];
    }

    private double[] Columns(string name, double[] vector)
    {
        var matrix = arrays.Get<double>(name);
        return Vector(matrix.Rows, row => Enumerable.Range(0, vector.Length).Sum(column => matrix[row, column] * vector[column]));
    }

    private double[] Rows(string name, double[] vector)
    {
        var matrix = arrays.Get<double>(name);
        return Vector(matrix.Columns, column => Enumerable.Range(0, vector.Length).Sum(row => vector[row] * matrix[row, column]));
    }

    private double[] Add(double[] vector, string name, int row = 0)
    {
        var bias = arrays.Get<double>(name);
        return Vector(vector.Length, j => vector[j] + bias.Data[(row * vector.Length) + j]);
    }

    private double[] AddToCandidate(double[] vector, string name)
    {
        var size = vector.Length / 3;
        return cell == "gru" ? Vector(vector.Length, j => vector[j] + (j < 2 * size ? 0 : arrays.Get<double>(name).Data[j - (2 * size)])) : vector;
    }

    private static double[] Vector(int length, Func<int, double> value) => [.. Enumerable.Range(0, length).Select(value)];

    private static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));
}
