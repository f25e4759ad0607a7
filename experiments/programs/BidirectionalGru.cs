using System;
using System.Collections.Generic;
using System.Linq;

namespace RnnCompare.Programs;

/// <summary>One method that runs either direction of a GRU, called twice, for the way there and the way back; one sequence, squared error, the mean over steps.</summary>
internal static class BidirectionalGru
{
    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(3, 5), I = random.Next(2, 4), H = random.Next(3, 6), O = random.Next(2, 4);
        double[] Vector(int size) => [.. Enumerable.Range(0, size).Select(_ => 1.6 * (random.NextDouble() - 0.5))];
        double[][] Draw(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => Vector(columns))];
        double[][][] W = [Draw(3 * H, I), Draw(3 * H, I)], U = [Draw(3 * H, H), Draw(3 * H, H)];
        double[][] b = [Vector(3 * H), Vector(3 * H)], bn = [Vector(H), Vector(H)], V = Draw(O, 2 * H), x = Draw(T, I), target = Draw(T, O), h0 = Draw(2, H);
        var bv = Vector(O);
        double[][][] h = [new double[T][], new double[T][]], gates = [new double[T][], new double[T][]], m = [new double[T][], new double[T][]];
        int[][] order = [[.. Enumerable.Range(0, T)], [.. Enumerable.Range(0, T).Reverse()]];
        for (var d = 0; d < 2; d++)
        {
            var state = h0[d];
            foreach (var t in order[d])
            {
                double[] z = [.. Enumerable.Range(0, 3 * H).Select(k => b[d][k] + Dot(W[d][k], x[t]))], u = [.. Enumerable.Range(0, 3 * H).Select(k => Dot(U[d][k], state))];
                m[d][t] = [.. Enumerable.Range(0, H).Select(j => u[2 * H + j] + bn[d][j])];
                var g = gates[d][t] = new double[3 * H];
                for (var k = 0; k < 2 * H; k++)
                {
                    g[k] = 1 / (1 + Math.Exp(-z[k] - u[k]));
                }

                for (var j = 0; j < H; j++)
                {
                    g[2 * H + j] = Math.Tanh(z[2 * H + j] + g[j] * m[d][t][j]);
                }

                h[d][t] = state = [.. Enumerable.Range(0, H).Select(j => (1 - g[H + j]) * g[2 * H + j] + g[H + j] * state[j])];
            }
        }

        double[][] both = [.. Enumerable.Range(0, T).Select(t => h[0][t].Concat(h[1][t]).ToArray())];
        double[][] y = [.. both.Select(state => V.Select((row, o) => bv[o] + Dot(row, state)).ToArray())];
        double[][] dy = [.. y.Select((row, t) => row.Select((value, o) => (value - target[t][o]) / T).ToArray())];
        double[][] dV = [.. Enumerable.Range(0, O).Select(o => Enumerable.Range(0, 2 * H).Select(j => Enumerable.Range(0, T).Sum(t => dy[t][o] * both[t][j])).ToArray())];
        double[] dbv = [.. Enumerable.Range(0, O).Select(o => dy.Sum(row => row[o]))];
        double[][] dh = [.. dy.Select(row => Enumerable.Range(0, 2 * H).Select(j => Enumerable.Range(0, O).Sum(o => row[o] * V[o][j])).ToArray())];
        Dictionary<string, object> saved = new()
        {
            ["Why"] = V, ["by"] = bv, ["x"] = x, ["targets"] = target, ["h0"] = h0, ["y"] = y, ["dWhy"] = dV, ["dby"] = dbv,
            ["loss"] = Enumerable.Range(0, T).Sum(t => Enumerable.Range(0, O).Sum(o => Math.Pow(y[t][o] - target[t][o], 2))) / (2 * T),
            ["meta"] = """{"convention": "canonical", "cell": "gru", "loss": "squared-error", "reduction": "mean", "outputs": "every-step"}""",
        };
        for (var d = 0; d < 2; d++)
        {
            var suffix = d == 0 ? "" : ".0r";
            double[][] dW = [.. W[d].Select(row => new double[I])], dU = [.. U[d].Select(row => new double[H])];
            double[] db = new double[3 * H], dbn = new double[H];
            Backward(order[d], [.. dh.Select(row => row[(d * H)..((d + 1) * H)])], x, h0[d], h[d], gates[d], m[d], U[d], dW, dU, db, dbn);
            (saved["Wxh" + suffix], saved["Whh" + suffix], saved["bh" + suffix], saved["bhn" + suffix]) = (W[d], U[d], b[d], bn[d]);
            (saved["dWxh" + suffix], saved["dWhh" + suffix], saved["dbh" + suffix], saved["dbhn" + suffix]) = (dW, dU, db, dbn);
        }

        return saved;
    }

    private static void Backward(
        int[] order, double[][] dh, double[][] x, double[] h0, double[][] h, double[][] gates, double[][] m, double[][] U, double[][] dW, double[][] dU, double[] db, double[] dbn)
    {
        int T = order.Length, H = h0.Length;
        var carry = new double[H];
        for (var step = T - 1; step >= 0; step--)
        {
            var t = order[step];
            var before = step > 0 ? h[order[step - 1]] : h0;
            double[] next = new double[H], delta = new double[3 * H], inner = new double[3 * H];
            for (var j = 0; j < H; j++)
            {
                double r = gates[t][j], z = gates[t][H + j], n = gates[t][2 * H + j], total = dh[t][j] + carry[j];
                delta[2 * H + j] = total * (1 - z) * (1 - n * n);
                delta[H + j] = total * (before[j] - n) * z * (1 - z);
                delta[j] = delta[2 * H + j] * m[t][j] * r * (1 - r);
                inner[j] = delta[j];
                inner[H + j] = delta[H + j];
                inner[2 * H + j] = delta[2 * H + j] * r;
                dbn[j] += inner[2 * H + j];
                next[j] += total * z;
            }

            for (var k = 0; k < 3 * H; k++)
            {
                db[k] += delta[k];
                for (var i = 0; i < x[t].Length; i++)
                {
                    dW[k][i] += delta[k] * x[t][i];
                }

                for (var j = 0; j < H; j++)
                {
                    dU[k][j] += inner[k] * before[j];
                    next[j] += inner[k] * U[k][j];
                }
            }

            carry = next;
        }
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();
}
