using System;
using System.Collections.Generic;
using System.Linq;

namespace RnnCompare.Programs;

/// <summary>An LSTM of the textbooks: a matrix for each gate over [h, x], gradients in a dictionary, one sequence, cross-entropy summed over every step.</summary>
internal static class LstmJoined
{
    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(3, 7), I = random.Next(2, 4), H = random.Next(4, 7), O = random.Next(2, 4);
        double[] Vector(int size) => [.. Enumerable.Range(0, size).Select(_ => 1.6 * (random.NextDouble() - 0.5))];
        double[][] Draw(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => Vector(columns))];
        var W = new Dictionary<string, double[][]> { ["f"] = Draw(H, H + I), ["i"] = Draw(H, H + I), ["c"] = Draw(H, H + I), ["o"] = Draw(H, H + I), ["y"] = Draw(O, H) };
        var b = new Dictionary<string, double[]> { ["f"] = Vector(H), ["i"] = Vector(H), ["c"] = Vector(H), ["o"] = Vector(H), ["y"] = Vector(O) };
        var xs = Draw(T, I);
        var targets = Enumerable.Range(0, T).Select(_ => random.Next(O)).ToArray();

        double[] h = Vector(H), c = Vector(H), h0 = h, c0 = c;
        double[][] zs = new double[T][], f = new double[T][], i = new double[T][], cBar = new double[T][], o = new double[T][], cs = new double[T][], hs = new double[T][], ps = new double[T][];
        var loss = 0.0;
        for (var t = 0; t < T; t++)
        {
            zs[t] = [.. h, .. xs[t]];
            f[t] = Gate(W["f"], b["f"], zs[t], Sigmoid);
            i[t] = Gate(W["i"], b["i"], zs[t], Sigmoid);
            cBar[t] = Gate(W["c"], b["c"], zs[t], Math.Tanh);
            o[t] = Gate(W["o"], b["o"], zs[t], Sigmoid);
            cs[t] = c = [.. Enumerable.Range(0, H).Select(j => f[t][j] * c[j] + i[t][j] * cBar[t][j])];
            hs[t] = h = [.. Enumerable.Range(0, H).Select(j => o[t][j] * Math.Tanh(c[j]))];
            var e = Gate(W["y"], b["y"], h, Math.Exp);
            ps[t] = [.. e.Select(value => value / e.Sum())];
            loss -= Math.Log(ps[t][targets[t]]);
        }

        Dictionary<string, double[][]> dW = W.ToDictionary(entry => entry.Key, entry => entry.Value.Select(row => new double[row.Length]).ToArray());
        Dictionary<string, double[]> db = b.ToDictionary(entry => entry.Key, entry => new double[entry.Value.Length]);
        Backward(targets, zs, f, i, cBar, o, cs, c0, hs, ps, W, dW, db);
        string[] gates = ["i", "f", "c", "o"];
        double[][] Part(Dictionary<string, double[][]> from, int start, int end) => [.. gates.SelectMany(gate => from[gate].Select(row => row[start..end]))];
        double[] Biases(Dictionary<string, double[]> from) => [.. gates.SelectMany(gate => from[gate])];
        return new()
        {
            ["Wxh"] = Part(W, H, H + I), ["Whh"] = Part(W, 0, H), ["bh"] = Biases(b), ["Why"] = W["y"], ["by"] = b["y"],
            ["x"] = xs, ["targets"] = targets, ["h0"] = new[] { h0 }, ["c0"] = new[] { c0 }, ["loss"] = loss, ["p"] = ps, ["h"] = hs,
            ["dWxh"] = Part(dW, H, H + I), ["dWhh"] = Part(dW, 0, H), ["dbh"] = Biases(db), ["dWhy"] = dW["y"], ["dby"] = db["y"],
            ["meta"] = """{"convention": "canonical", "cell": "lstm", "loss": "cross-entropy", "reduction": "sum", "outputs": "every-step"}""",
        };
    }

    private static void Backward(
        int[] targets, double[][] zs, double[][] f, double[][] i, double[][] cBar, double[][] o, double[][] cs, double[] c0, double[][] hs, double[][] ps,
        Dictionary<string, double[][]> W, Dictionary<string, double[][]> dW, Dictionary<string, double[]> db)
    {
        int T = zs.Length, H = c0.Length, O = W["y"].Length;
        double[] dhNext = new double[H], dcNext = new double[H];
        for (var t = T - 1; t >= 0; t--)
        {
            var cPrev = t > 0 ? cs[t - 1] : c0;
            double[] dy = [.. ps[t]];
            dy[targets[t]] -= 1;
            var dh = new double[H];
            for (var k = 0; k < O; k++)
            {
                db["y"][k] += dy[k];
                for (var j = 0; j < H; j++)
                {
                    dW["y"][k][j] += dy[k] * hs[t][j];
                    dh[j] += W["y"][k][j] * dy[k];
                }
            }

            double[] df = new double[H], di = new double[H], dcBar = new double[H], d_o = new double[H], dc = new double[H];
            for (var j = 0; j < H; j++)
            {
                dh[j] += dhNext[j];
                var tanhC = Math.Tanh(cs[t][j]);
                d_o[j] = dh[j] * tanhC * o[t][j] * (1 - o[t][j]);
                dc[j] = dcNext[j] + dh[j] * o[t][j] * (1 - tanhC * tanhC);
                dcBar[j] = dc[j] * i[t][j] * (1 - cBar[t][j] * cBar[t][j]);
                di[j] = dc[j] * cBar[t][j] * i[t][j] * (1 - i[t][j]);
                df[j] = dc[j] * cPrev[j] * f[t][j] * (1 - f[t][j]);
                dcNext[j] = dc[j] * f[t][j];
            }

            var dz = new double[zs[t].Length];
            for (var j = 0; j < H; j++)
            {
                db["f"][j] += df[j];
                db["i"][j] += di[j];
                db["c"][j] += dcBar[j];
                db["o"][j] += d_o[j];
                for (var k = 0; k < dz.Length; k++)
                {
                    dW["f"][j][k] += df[j] * zs[t][k];
                    dW["i"][j][k] += di[j] * zs[t][k];
                    dW["c"][j][k] += dcBar[j] * zs[t][k];
                    dW["o"][j][k] += d_o[j] * zs[t][k];
                    dz[k] += W["f"][j][k] * df[j] + W["i"][j][k] * di[j] + W["c"][j][k] * dcBar[j] + W["o"][j][k] * d_o[j];
                }
            }

            dhNext = dz[..H];
        }
    }

    private static double[] Gate(double[][] w, double[] b, double[] z, Func<double, double> activation)
    {
        return [.. w.Select((row, j) => activation(b[j] + row.Zip(z, (a, x) => a * x).Sum()))];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
