using System;
using System.Collections.Generic;
using System.Linq;

namespace RnnCompare.Programs;

/// <summary>One phrase, one label after the last step: tanh in columns with small functions of vectors; the sums go backwards from the last state.</summary>
internal static class SentimentLast
{
    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(3, 7), I = random.Next(3, 5), H = random.Next(5, 9), O = 2;
        double[] Vector(int size) => [.. Enumerable.Range(0, size).Select(_ => 1.4 * (random.NextDouble() - 0.5))];
        double[][] Draw(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => Vector(columns))];
        double[][] Wxh = Draw(H, I), Whh = Draw(H, H), Why = Draw(O, H), inputs = Draw(T, I);
        double[] bh = Vector(H), by = Vector(O);
        var label = random.Next(O);

        List<double[]> states = [new double[H]];
        foreach (var x in inputs)
        {
            states.Add([.. Plus(Plus(Times(Wxh, x), Times(Whh, states[^1])), bh).Select(Math.Tanh)]);
        }

        var logits = Plus(Times(Why, states[T]), by);
        var probs = logits.Select(Math.Exp).ToArray();
        probs = [.. probs.Select(value => value / probs.Sum())];

        double[][] dWxh = Zeros(H, I), dWhh = Zeros(H, H), dWhy = Zeros(O, H);
        double[] dbh = new double[H], dby = new double[O];
        Backprop(label, inputs, states, probs, Whh, Why, dWxh, dWhh, dWhy, dbh, dby);
        return new()
        {
            ["Wxh"] = Wxh, ["Whh"] = Whh, ["Why"] = Why, ["bh"] = bh, ["by"] = by, ["x"] = inputs, ["targets"] = new[] { label },
            ["loss"] = -Math.Log(probs[label]), ["y"] = logits, ["dWxh"] = dWxh, ["dWhh"] = dWhh, ["dWhy"] = dWhy, ["dbh"] = dbh, ["dby"] = dby,
            ["meta"] = """{"convention": "canonical", "cell": "tanh", "loss": "cross-entropy", "outputs": "last-step", "reduction": "mean"}""",
        };
    }

    private static void Backprop(
        int label, double[][] inputs, List<double[]> states, double[] probs, double[][] Whh, double[][] Why, double[][] dWxh, double[][] dWhh, double[][] dWhy, double[] dbh, double[] dby)
    {
        var n = inputs.Length;
        var dy = probs.ToArray();
        dy[label] -= 1;
        AddOuter(dWhy, dy, states[n]);
        Add(dby, dy);
        var dh = Times(Transposed(Why), dy);
        for (var t = n - 1; t >= 0; t--)
        {
            var temp = new double[dh.Length];
            for (var i = 0; i < dh.Length; i++)
            {
                temp[i] = (1 - Math.Pow(states[t + 1][i], 2)) * dh[i];
            }

            Add(dbh, temp);
            AddOuter(dWhh, temp, states[t]);
            AddOuter(dWxh, temp, inputs[t]);
            dh = Times(Transposed(Whh), temp);
        }
    }

    private static double[][] Zeros(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => new double[columns])];

    private static double[][] Transposed(double[][] m) => [.. m[0].Select((_, j) => m.Select(row => row[j]).ToArray())];

    private static double[] Times(double[][] m, double[] v) => [.. m.Select(row => row.Zip(v, (a, b) => a * b).Sum())];

    private static double[] Plus(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static void Add(double[] sum, double[] v)
    {
        for (var i = 0; i < v.Length; i++)
        {
            sum[i] += v[i];
        }
    }

    private static void AddOuter(double[][] sum, double[] rows, double[] columns)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < columns.Length; j++)
            {
                sum[i][j] += rows[i] * columns[j];
            }
        }
    }
}
