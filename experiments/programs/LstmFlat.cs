using System;
using System.Collections.Generic;
using System.Linq;

namespace RnnCompare.Programs;

/// <summary>An LSTM in flat arrays, gates i, f, g, o one behind the other, as in C; cross-entropy after the last step, the mean over sequences.</summary>
internal static class LstmFlat
{
    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(2, 6), B = random.Next(2, 4), I = random.Next(2, 4), H = random.Next(4, 7), O = random.Next(2, 4);
        double[] Draw(int size) => [.. Enumerable.Range(0, size).Select(_ => 1.5 * (random.NextDouble() - 0.5))];
        double[] wx = Draw(4 * H * I), wh = Draw(4 * H * H), bias = Draw(4 * H), wy = Draw(O * H), by = Draw(O), x = Draw(T * B * I);
        double[] h = new double[(T + 1) * B * H], c = new double[(T + 1) * B * H], act = new double[T * B * 4 * H], p = new double[B * O];
        var labels = Enumerable.Range(0, B).Select(_ => random.Next(O)).ToArray();
        Draw(B * H).CopyTo(h, 0);
        Draw(B * H).CopyTo(c, 0);
        for (var t = 0; t < T; t++)
        {
            for (var b = 0; b < B; b++)
            {
                for (var g = 0; g < 4 * H; g++)
                {
                    var z = bias[g];
                    for (var k = 0; k < I; k++)
                    {
                        z += wx[g * I + k] * x[(t * B + b) * I + k];
                    }

                    for (var k = 0; k < H; k++)
                    {
                        z += wh[g * H + k] * h[(t * B + b) * H + k];
                    }

                    act[(t * B + b) * 4 * H + g] = g / H == 2 ? Math.Tanh(z) : 1 / (1 + Math.Exp(-z));
                }

                for (var j = 0; j < H; j++)
                {
                    var at = (t * B + b) * 4 * H + j;
                    c[((t + 1) * B + b) * H + j] = act[at + H] * c[(t * B + b) * H + j] + act[at] * act[at + 2 * H];
                    h[((t + 1) * B + b) * H + j] = act[at + 3 * H] * Math.Tanh(c[((t + 1) * B + b) * H + j]);
                }
            }
        }

        var loss = 0.0;
        for (var b = 0; b < B; b++)
        {
            var e = Enumerable.Range(0, O).Select(o => Math.Exp(by[o] + Enumerable.Range(0, H).Sum(j => wy[o * H + j] * h[(T * B + b) * H + j]))).ToArray();
            for (var o = 0; o < O; o++)
            {
                p[b * O + o] = e[o] / e.Sum();
            }

            loss -= Math.Log(p[b * O + labels[b]]) / B;
        }

        double[] dwx = new double[4 * H * I], dwh = new double[4 * H * H], dbias = new double[4 * H], dwy = new double[O * H], dby = new double[O];
        Backward(T, B, I, H, O, x, labels, h, c, act, p, wh, wy, dwx, dwh, dbias, dwy, dby);
        return new()
        {
            ["weight_ih_l0"] = Rows(wx, 4 * H), ["weight_hh_l0"] = Rows(wh, 4 * H), ["bias_ih_l0"] = bias, ["fc.weight"] = Rows(wy, O), ["fc.bias"] = by,
            ["x"] = Enumerable.Range(0, T).Select(t => Rows(x[(t * B * I)..((t + 1) * B * I)], B)).ToArray(), ["targets"] = labels,
            ["h0"] = Rows(h[..(B * H)], B), ["c0"] = Rows(c[..(B * H)], B), ["loss"] = loss, ["p"] = Rows(p, B),
            ["dweight_ih_l0"] = Rows(dwx, 4 * H), ["dweight_hh_l0"] = Rows(dwh, 4 * H), ["dbias_ih_l0"] = dbias, ["dfc.weight"] = Rows(dwy, O), ["dfc.bias"] = dby,
            ["meta"] = """{"convention": "pytorch", "cell": "lstm", "loss": "cross-entropy", "reduction": "mean", "outputs": "last-step", "batch_first": false}""",
        };
    }

    private static double[][] Rows(double[] flat, int rows) => [.. flat.Chunk(flat.Length / rows)];

    private static void Backward(
        int T, int B, int I, int H, int O, double[] x, int[] labels, double[] h, double[] c, double[] act, double[] p, double[] wh, double[] wy,
        double[] dwx, double[] dwh, double[] dbias, double[] dwy, double[] dby)
    {
        double[] dh = new double[B * H], dc = new double[B * H], dz = new double[4 * H];
        for (var b = 0; b < B; b++)
        {
            for (var o = 0; o < O; o++)
            {
                var dy = (p[b * O + o] - (labels[b] == o ? 1.0 : 0.0)) / B;
                dby[o] += dy;
                for (var j = 0; j < H; j++)
                {
                    dwy[o * H + j] += dy * h[(T * B + b) * H + j];
                    dh[b * H + j] += dy * wy[o * H + j];
                }
            }
        }

        for (var t = T - 1; t >= 0; t--)
        {
            for (var b = 0; b < B; b++)
            {
                for (var j = 0; j < H; j++)
                {
                    var at = (t * B + b) * 4 * H + j;
                    double i = act[at], f = act[at + H], g = act[at + 2 * H], o = act[at + 3 * H];
                    var tc = Math.Tanh(c[((t + 1) * B + b) * H + j]);
                    var dhj = dh[b * H + j];
                    var dcj = dc[b * H + j] + dhj * o * (1 - tc * tc);
                    dz[j] = dcj * g * i * (1 - i);
                    dz[H + j] = dcj * c[(t * B + b) * H + j] * f * (1 - f);
                    dz[2 * H + j] = dcj * i * (1 - g * g);
                    dz[3 * H + j] = dhj * tc * o * (1 - o);
                    dc[b * H + j] = dcj * f;
                    dh[b * H + j] = 0;
                }

                for (var g = 0; g < 4 * H; g++)
                {
                    dbias[g] += dz[g];
                    for (var k = 0; k < I; k++)
                    {
                        dwx[g * I + k] += dz[g] * x[(t * B + b) * I + k];
                    }

                    for (var k = 0; k < H; k++)
                    {
                        dwh[g * H + k] += dz[g] * h[(t * B + b) * H + k];
                        dh[b * H + k] += dz[g] * wh[g * H + k];
                    }
                }
            }
        }
    }
}
