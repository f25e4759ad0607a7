using System;
using System.Collections.Generic;
using System.Linq;

namespace RnnCompare.Programs;

/// <summary>Two LSTM layers, both at every step of one loop, arrays of gates; one sequence, squared error summed over every step.</summary>
internal static class StackedLstm
{
    private const int Layers = 2;

    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(2, 5), I = random.Next(2, 4), H = random.Next(4, 6), O = random.Next(2, 4);
        double[] Vector(int size) => [.. Enumerable.Range(0, size).Select(_ => 1.6 * (random.NextDouble() - 0.5))];
        double[][] Draw(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => Vector(columns))];
        double[][][] Wx = [Draw(4 * H, I), Draw(4 * H, H)], Wh = [Draw(4 * H, H), Draw(4 * H, H)];
        double[][] bias = [Vector(4 * H), Vector(4 * H)], Wy = Draw(O, H), x = Draw(T, I), target = Draw(T, O), y = new double[T][];
        var by = Vector(O);
        double[][][] h = new double[T + 1][][], c = new double[T + 1][][], gates = new double[T][][], input = new double[T][][];
        (h[0], c[0]) = (Draw(Layers, H), Draw(Layers, H));
        var loss = 0.0;
        for (var t = 0; t < T; t++)
        {
            (h[t + 1], c[t + 1], gates[t], input[t]) = (new double[Layers][], new double[Layers][], new double[Layers][], new double[Layers][]);
            var below = x[t];
            for (var l = 0; l < Layers; l++)
            {
                input[t][l] = below;
                var g = gates[t][l] = new double[4 * H];
                for (var k = 0; k < 4 * H; k++)
                {
                    var a = bias[l][k] + Dot(Wx[l][k], below) + Dot(Wh[l][k], h[t][l]);
                    g[k] = k / H == 2 ? Math.Tanh(a) : 1 / (1 + Math.Exp(-a));
                }

                c[t + 1][l] = [.. Enumerable.Range(0, H).Select(j => g[H + j] * c[t][l][j] + g[j] * g[2 * H + j])];
                below = h[t + 1][l] = [.. Enumerable.Range(0, H).Select(j => g[3 * H + j] * Math.Tanh(c[t + 1][l][j]))];
            }

            y[t] = [.. Enumerable.Range(0, O).Select(o => by[o] + Dot(Wy[o], below))];
            loss += Enumerable.Range(0, O).Sum(o => 0.5 * Math.Pow(y[t][o] - target[t][o], 2));
        }

        double[][] Zeros(double[][] like) => [.. like.Select(row => new double[row.Length])];
        double[][][] dWx = [Zeros(Wx[0]), Zeros(Wx[1])], dWh = [Zeros(Wh[0]), Zeros(Wh[1])];
        double[][] dbias = Zeros(bias), dWy = Zeros(Wy);
        var dby = new double[O];
        Backward(y, target, h, c, gates, input, Wx, Wh, Wy, dWx, dWh, dbias, dWy, dby);
        return new()
        {
            ["Wxh"] = Wx[0], ["Whh"] = Wh[0], ["bh"] = bias[0], ["Wxh.1"] = Wx[1], ["Whh.1"] = Wh[1], ["bh.1"] = bias[1], ["Why"] = Wy, ["by"] = by,
            ["x"] = x, ["targets"] = target, ["h0"] = h[0], ["c0"] = c[0], ["loss"] = loss, ["y"] = y,
            ["dWxh"] = dWx[0], ["dWhh"] = dWh[0], ["dbh"] = dbias[0], ["dWxh.1"] = dWx[1], ["dWhh.1"] = dWh[1], ["dbh.1"] = dbias[1], ["dWhy"] = dWy, ["dby"] = dby,
            ["meta"] = """{"convention": "canonical", "cell": "lstm", "loss": "squared-error", "reduction": "sum", "outputs": "every-step"}""",
        };
    }

    private static void Backward(
        double[][] y, double[][] target, double[][][] h, double[][][] c, double[][][] gates, double[][][] input, double[][][] Wx, double[][][] Wh, double[][] Wy,
        double[][][] dWx, double[][][] dWh, double[][] dbias, double[][] dWy, double[] dby)
    {
        int T = y.Length, H = h[0][0].Length, O = Wy.Length;
        double[][] dhNext = [new double[H], new double[H]], dcNext = [new double[H], new double[H]];
        for (var t = T - 1; t >= 0; t--)
        {
            var dh = new double[H];
            for (var k = 0; k < O; k++)
            {
                var dy = -(target[t][k] - y[t][k]);
                dby[k] += dy;
                for (var j = 0; j < H; j++)
                {
                    dWy[k][j] += dy * h[t + 1][Layers - 1][j];
                    dh[j] += dy * Wy[k][j];
                }
            }

            for (var l = Layers - 1; l >= 0; l--)
            {
                var g = gates[t][l];
                var dz = new double[4 * H];
                for (var j = 0; j < H; j++)
                {
                    dh[j] += dhNext[l][j];
                    var s = Math.Tanh(c[t + 1][l][j]);
                    var dc = dcNext[l][j] + dh[j] * g[3 * H + j] * (1 - s * s);
                    dz[j] = dc * g[2 * H + j] * g[j] * (1 - g[j]);
                    dz[H + j] = dc * c[t][l][j] * g[H + j] * (1 - g[H + j]);
                    dz[2 * H + j] = dc * g[j] * (1 - g[2 * H + j] * g[2 * H + j]);
                    dz[3 * H + j] = dh[j] * s * g[3 * H + j] * (1 - g[3 * H + j]);
                    dcNext[l][j] = dc * g[H + j];
                }

                var below = new double[input[t][l].Length];
                dhNext[l] = new double[H];
                for (var k = 0; k < 4 * H; k++)
                {
                    dbias[l][k] += dz[k];
                    for (var j = 0; j < below.Length; j++)
                    {
                        dWx[l][k][j] += dz[k] * input[t][l][j];
                        below[j] += dz[k] * Wx[l][k][j];
                    }

                    for (var j = 0; j < H; j++)
                    {
                        dWh[l][k][j] += dz[k] * h[t][l][j];
                        dhNext[l][j] += dz[k] * Wh[l][k][j];
                    }
                }

                dh = below;
            }
        }
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
