using System;
using System.Collections.Generic;
using System.Linq;

namespace RnnCompare.Programs;

/// <summary>The network of 2017 with one update gate, in rectangular arrays with the deltas of both kept for a second pass over the steps; batches, squared error after the last step, summed.</summary>
internal static class UpdateGate
{
    internal const string Cell = "ugrnn";

    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(3, 6), B = random.Next(2, 4), I = random.Next(2, 4), H = random.Next(4, 7), O = random.Next(2, 4);
        double[,] Draw(int rows, int columns)
        {
            var m = new double[rows, columns];
            for (var k = 0; k < m.Length; k++)
            {
                m[k / columns, k % columns] = 1.5 * (random.NextDouble() - 0.5);
            }

            return m;
        }

        double[,] Wxs = Draw(I, H), Whs = Draw(H, H), Wxg = Draw(I, H), Whg = Draw(H, H), Why = Draw(O, H), target = Draw(B, O), start = Draw(B, H), y = new double[B, O];
        double[] bs = [.. Draw(1, H).Cast<double>()], bg = [.. Draw(1, H).Cast<double>()], by = [.. Draw(1, O).Cast<double>()];
        double[,,] x = new double[T, B, I], h = new double[T + 1, B, H], s = new double[T, B, H], g = new double[T, B, H];
        var loss = 0.0;
        for (var b = 0; b < B; b++)
        {
            for (var j = 0; j < H; j++)
            {
                h[0, b, j] = start[b, j];
            }

            for (var t = 0; t < T; t++)
            {
                for (var k = 0; k < I; k++)
                {
                    x[t, b, k] = random.NextDouble() - 0.5;
                }

                for (var j = 0; j < H; j++)
                {
                    double zs = bs[j], zg = bg[j];
                    for (var k = 0; k < I; k++)
                    {
                        zs += x[t, b, k] * Wxs[k, j];
                        zg += x[t, b, k] * Wxg[k, j];
                    }

                    for (var k = 0; k < H; k++)
                    {
                        zs += h[t, b, k] * Whs[k, j];
                        zg += h[t, b, k] * Whg[k, j];
                    }

                    (s[t, b, j], g[t, b, j]) = (Math.Tanh(zs), 1 / (1 + Math.Exp(-zg)));
                    h[t + 1, b, j] = g[t, b, j] * h[t, b, j] + (1 - g[t, b, j]) * s[t, b, j];
                }
            }

            for (var o = 0; o < O; o++)
            {
                y[b, o] = by[o] + Enumerable.Range(0, H).Sum(j => Why[o, j] * h[T, b, j]);
                loss += Math.Pow(y[b, o] - target[b, o], 2) / 2;
            }
        }

        double[,] dWxs = new double[I, H], dWhs = new double[H, H], dWxg = new double[I, H], dWhg = new double[H, H], dWhy = new double[O, H], dh = new double[B, H];
        double[] dbs = new double[H], dbg = new double[H], dby = new double[O];
        Backward(x, h, s, g, y, target, Whs, Whg, Why, dWxs, dWhs, dWxg, dWhg, dWhy, dbs, dbg, dby, dh);
        return new()
        {
            ["Wxs"] = Wxs, ["Whs"] = Whs, ["bs"] = bs, ["Wxg"] = Wxg, ["Whg"] = Whg, ["bg"] = bg, ["Why"] = Why, ["by"] = by, ["x"] = x, ["targets"] = target, ["h0"] = start, ["y"] = y, ["loss"] = loss,
            ["dWxs"] = dWxs, ["dWhs"] = dWhs, ["dbs"] = dbs, ["dWxg"] = dWxg, ["dWhg"] = dWhg, ["dbg"] = dbg, ["dWhy"] = dWhy, ["dby"] = dby, ["dh0"] = dh,
            ["meta"] = """{"loss": "squared-error", "reduction": "sum", "outputs": "last-step", "batch_first": false}""",
        };
    }

    private static void Backward(
        double[,,] x, double[,,] h, double[,,] s, double[,,] g, double[,] y, double[,] target, double[,] Whs, double[,] Whg, double[,] Why,
        double[,] dWxs, double[,] dWhs, double[,] dWxg, double[,] dWhg, double[,] dWhy, double[] dbs, double[] dbg, double[] dby, double[,] dh)
    {
        int T = x.GetLength(0), B = x.GetLength(1), I = x.GetLength(2), H = s.GetLength(2), O = y.GetLength(1);
        double[,,] ds = new double[T, B, H], dg = new double[T, B, H];
        for (var b = 0; b < B; b++)
        {
            for (var o = 0; o < O; o++)
            {
                var dy = y[b, o] - target[b, o];
                dby[o] += dy;
                for (var j = 0; j < H; j++)
                {
                    dWhy[o, j] += dy * h[T, b, j];
                    dh[b, j] += dy * Why[o, j];
                }
            }
        }

        for (var t = T - 1; t >= 0; t--)
        {
            for (var b = 0; b < B; b++)
            {
                for (var j = 0; j < H; j++)
                {
                    ds[t, b, j] = dh[b, j] * (1 - g[t, b, j]) * (1 - Math.Pow(s[t, b, j], 2));
                    dg[t, b, j] = dh[b, j] * (h[t, b, j] - s[t, b, j]) * g[t, b, j] * (1 - g[t, b, j]);
                    dh[b, j] *= g[t, b, j];
                }

                for (var k = 0; k < H; k++)
                {
                    for (var j = 0; j < H; j++)
                    {
                        dh[b, k] += ds[t, b, j] * Whs[k, j];
                        dh[b, k] += dg[t, b, j] * Whg[k, j];
                    }
                }
            }
        }

        for (var t = 0; t < T; t++)
        {
            for (var b = 0; b < B; b++)
            {
                for (var j = 0; j < H; j++)
                {
                    dbs[j] += ds[t, b, j];
                    dbg[j] += dg[t, b, j];
                    for (var k = 0; k < I; k++)
                    {
                        dWxs[k, j] += ds[t, b, j] * x[t, b, k];
                        dWxg[k, j] += dg[t, b, j] * x[t, b, k];
                    }

                    for (var k = 0; k < H; k++)
                    {
                        dWhs[k, j] += ds[t, b, j] * h[t, b, k];
                        dWhg[k, j] += dg[t, b, j] * h[t, b, k];
                    }
                }
            }
        }
    }
}
