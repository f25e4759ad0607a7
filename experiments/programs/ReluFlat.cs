using System;
using System.Collections.Generic;
using System.Linq;

namespace RnnCompare.Programs;

/// <summary>Flat arrays with the index written out, as in C: relu over batches, squared error after the last step, the mean over sequences.</summary>
internal static class ReluFlat
{
    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(3, 6), B = random.Next(2, 5), I = random.Next(2, 4), H = random.Next(5, 8), O = random.Next(2, 4);
        double[] Draw(int size) => [.. Enumerable.Range(0, size).Select(_ => random.NextDouble() - 0.35)];
        double[] wx = Draw(H * I), wh = Draw(H * H), wy = Draw(O * H), bh = Draw(H), by = Draw(O), x = Draw(T * B * I), target = Draw(B * O), h0 = Draw(B * H);
        double[] h = new double[T * B * H], y = new double[B * O];
        for (var t = 0; t < T; t++)
        {
            for (var b = 0; b < B; b++)
            {
                for (var i = 0; i < H; i++)
                {
                    var z = bh[i];
                    for (var k = 0; k < I; k++)
                    {
                        z += wx[(i * I) + k] * x[(((t * B) + b) * I) + k];
                    }

                    for (var j = 0; j < H; j++)
                    {
                        z += wh[(i * H) + j] * (t > 0 ? h[((((t - 1) * B) + b) * H) + j] : h0[(b * H) + j]);
                    }

                    h[(((t * B) + b) * H) + i] = Math.Max(0, z);
                }
            }
        }

        var loss = 0.0;
        for (var b = 0; b < B; b++)
        {
            for (var o = 0; o < O; o++)
            {
                y[(b * O) + o] = by[o];
                for (var j = 0; j < H; j++)
                {
                    y[(b * O) + o] += wy[(o * H) + j] * h[((((T - 1) * B) + b) * H) + j];
                }

                loss += Math.Pow(y[(b * O) + o] - target[(b * O) + o], 2) / (2 * B);
            }
        }

        double[] dwx = new double[H * I], dwh = new double[H * H], dwy = new double[O * H], dbh = new double[H], dby = new double[O], dh0 = new double[B * H];
        Backward(T, B, I, H, O, x, target, h0, h, y, wh, wy, dwx, dwh, dwy, dbh, dby, dh0);
        return new()
        {
            ["Wxh"] = Shape(wx, H, I), ["Whh"] = Shape(wh, H, H), ["Why"] = Shape(wy, O, H), ["bh"] = bh, ["by"] = by,
            ["x"] = Enumerable.Range(0, T).Select(t => Shape(x[(t * B * I)..((t + 1) * B * I)], B, I)).ToArray(), ["targets"] = Shape(target, B, O), ["h0"] = Shape(h0, B, H),
            ["loss"] = loss, ["y"] = Shape(y, B, O),
            ["dWxh"] = Shape(dwx, H, I), ["dWhh"] = Shape(dwh, H, H), ["dWhy"] = Shape(dwy, O, H), ["dbh"] = dbh, ["dby"] = dby, ["dh0"] = Shape(dh0, B, H),
            ["meta"] = """{"convention": "canonical", "cell": "relu", "loss": "squared-error", "reduction": "mean", "outputs": "last-step", "batch_first": false}""",
        };
    }

    private static double[][] Shape(double[] flat, int rows, int columns) => [.. Enumerable.Range(0, rows).Select(i => flat[(i * columns)..((i + 1) * columns)])];

    private static void Backward(
        int T, int B, int I, int H, int O, double[] x, double[] target, double[] h0, double[] h, double[] y, double[] wh, double[] wy,
        double[] dwx, double[] dwh, double[] dwy, double[] dbh, double[] dby, double[] dh)
    {
        for (var b = 0; b < B; b++)
        {
            for (var o = 0; o < O; o++)
            {
                var dy = (y[b * O + o] - target[b * O + o]) / B;
                dby[o] += dy;
                for (var j = 0; j < H; j++)
                {
                    dwy[o * H + j] += dy * h[((T - 1) * B + b) * H + j];
                    dh[b * H + j] += dy * wy[o * H + j];
                }
            }
        }

        var dz = new double[B * H];
        for (var t = T - 1; t >= 0; t--)
        {
            for (var b = 0; b < B; b++)
            {
                for (var i = 0; i < H; i++)
                {
                    dz[b * H + i] = h[(t * B + b) * H + i] > 0 ? dh[b * H + i] : 0;
                    dbh[i] += dz[b * H + i];
                    for (var k = 0; k < I; k++)
                    {
                        dwx[i * I + k] += dz[b * H + i] * x[(t * B + b) * I + k];
                    }

                    for (var j = 0; j < H; j++)
                    {
                        dwh[i * H + j] += dz[b * H + i] * (t > 0 ? h[((t - 1) * B + b) * H + j] : h0[b * H + j]);
                    }
                }
            }

            Array.Clear(dh);
            for (var b = 0; b < B; b++)
            {
                for (var j = 0; j < H; j++)
                {
                    for (var i = 0; i < H; i++)
                    {
                        dh[b * H + j] += dz[b * H + i] * wh[i * H + j];
                    }
                }
            }
        }
    }
}
