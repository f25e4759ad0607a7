using System;
using System.Collections.Generic;
using System.Linq;

namespace RnnCompare.Programs;

/// <summary>The minimal gated unit of 2016 with one matrix for each gate over [h, x], as rows times matrices in jagged arrays; one sequence, cross-entropy at every step, summed.</summary>
internal static class MinimalGatedUnit
{
    internal const string Cell = "mgu";

    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(3, 6), I = random.Next(2, 4), H = random.Next(4, 7), O = random.Next(2, 5);
        double[] Vector(int size) => [.. Enumerable.Range(0, size).Select(_ => 1.6 * (random.NextDouble() - 0.5))];
        double[][] Draw(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => Vector(columns))];
        double[][] Wf = Draw(H + I, H), Wn = Draw(H + I, H), Why = Draw(O, H), x = Draw(T, I), h = Draw(T + 1, H), f = Draw(T, H), n = Draw(T, H), p = Draw(T, O);
        double[] bf = Vector(H), bn = Vector(H), by = Vector(O);
        var targets = Enumerable.Range(0, T).Select(_ => random.Next(O)).ToArray();
        var loss = 0.0;
        for (var t = 0; t < T; t++)
        {
            double[] joined = [.. h[t], .. x[t]];
            for (var j = 0; j < H; j++)
            {
                f[t][j] = 1 / (1 + Math.Exp(-(bf[j] + Enumerable.Range(0, H + I).Sum(k => joined[k] * Wf[k][j]))));
            }

            double[] gated = [.. h[t].Zip(f[t], (a, b) => a * b), .. x[t]];
            for (var j = 0; j < H; j++)
            {
                n[t][j] = Math.Tanh(bn[j] + Enumerable.Range(0, H + I).Sum(k => gated[k] * Wn[k][j]));
                h[t + 1][j] = (1 - f[t][j]) * h[t][j] + f[t][j] * n[t][j];
            }

            var e = Enumerable.Range(0, O).Select(o => Math.Exp(by[o] + Why[o].Zip(h[t + 1], (a, b) => a * b).Sum())).ToArray();
            p[t] = [.. e.Select(value => value / e.Sum())];
            loss -= Math.Log(p[t][targets[t]]);
        }

        double[][] Zeros(double[][] like) => [.. like.Select(row => new double[row.Length])];
        double[][] dWf = Zeros(Wf), dWn = Zeros(Wn), dWhy = Zeros(Why);
        double[] dbf = new double[H], dbn = new double[H], dby = new double[O];
        var dh0 = Backward(x, h, f, n, p, targets, Wf, Wn, Why, dWf, dWn, dWhy, dbf, dbn, dby);
        return new()
        {
            ["Wf"] = Wf, ["bf"] = bf, ["Wn"] = Wn, ["bn"] = bn, ["Why"] = Why, ["by"] = by, ["x"] = x, ["targets"] = targets, ["h0"] = h[0], ["p"] = p, ["loss"] = loss,
            ["dWf"] = dWf, ["dbf"] = dbf, ["dWn"] = dWn, ["dbn"] = dbn, ["dWhy"] = dWhy, ["dby"] = dby, ["dh0"] = dh0,
            ["meta"] = """{"loss": "cross-entropy", "reduction": "sum", "outputs": "every-step"}""",
        };
    }

    private static double[] Backward(
        double[][] x, double[][] h, double[][] f, double[][] n, double[][] p, int[] targets, double[][] Wf, double[][] Wn, double[][] Why,
        double[][] dWf, double[][] dWn, double[][] dWhy, double[] dbf, double[] dbn, double[] dby)
    {
        int T = x.Length, I = x[0].Length, H = f[0].Length, O = p[0].Length;
        var next = new double[H];
        for (var t = T - 1; t >= 0; t--)
        {
            double[] dh = [.. next], dn = new double[H], df = new double[H];
            for (var o = 0; o < O; o++)
            {
                var dy = p[t][o] - (o == targets[t] ? 1 : 0);
                dby[o] += dy;
                for (var j = 0; j < H; j++)
                {
                    dWhy[o][j] += dy * h[t + 1][j];
                    dh[j] += dy * Why[o][j];
                }
            }

            next = new double[H];
            for (var j = 0; j < H; j++)
            {
                dn[j] = dh[j] * f[t][j] * (1 - n[t][j] * n[t][j]);
                df[j] = dh[j] * (n[t][j] - h[t][j]);
                next[j] = dh[j] * (1 - f[t][j]);
                dbn[j] += dn[j];
            }

            for (var k = 0; k < H; k++)
            {
                var dm = 0.0;
                for (var j = 0; j < H; j++)
                {
                    dWn[k][j] += f[t][k] * h[t][k] * dn[j];
                    dm += Wn[k][j] * dn[j];
                }

                df[k] += dm * h[t][k];
                next[k] += dm * f[t][k];
            }

            for (var j = 0; j < H; j++)
            {
                df[j] *= f[t][j] * (1 - f[t][j]);
                dbf[j] += df[j];
            }

            for (var k = 0; k < H; k++)
            {
                for (var j = 0; j < H; j++)
                {
                    dWf[k][j] += h[t][k] * df[j];
                    next[k] += Wf[k][j] * df[j];
                }
            }

            for (var k = 0; k < I; k++)
            {
                for (var j = 0; j < H; j++)
                {
                    dWn[H + k][j] += x[t][k] * dn[j];
                    dWf[H + k][j] += x[t][k] * df[j];
                }
            }
        }

        return next;
    }
}
