using System;
using System.Collections.Generic;
using System.Linq;

namespace RnnCompare.Programs;

/// <summary>The GRU of 2014 with one matrix for each gate over [h, x], gradients under the names of weights; batches, cross-entropy after the last step, the mean over sequences.</summary>
internal static class GruBeforeJoined
{
    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(2, 5), B = random.Next(2, 4), I = random.Next(2, 4), H = random.Next(4, 7), O = random.Next(2, 4);
        double[,] Draw(int rows, int columns)
        {
            var m = new double[rows, columns];
            for (var k = 0; k < m.Length; k++)
            {
                m[k / columns, k % columns] = 1.5 * (random.NextDouble() - 0.5);
            }

            return m;
        }

        Dictionary<string, double[,]> parameters = new() { ["Wr"] = Draw(H, H + I), ["Wz"] = Draw(H, H + I), ["Wn"] = Draw(H, H + I), ["b"] = Draw(3, H), ["Wy"] = Draw(O, H), ["by"] = Draw(1, O) };
        double[,] Wr = parameters["Wr"], Wz = parameters["Wz"], Wn = parameters["Wn"], bias = parameters["b"], Wy = parameters["Wy"];
        double[,,] x = new double[T, B, I], h = new double[T + 1, B, H], r = new double[T, B, H], z = new double[T, B, H], n = new double[T, B, H];
        double[,] p = new double[B, O], start = Draw(B, H);
        var labels = Enumerable.Range(0, B).Select(_ => random.Next(O)).ToArray();
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
                    double ar = bias[0, j], az = bias[1, j];
                    for (var k = 0; k < H + I; k++)
                    {
                        var input = k < H ? h[t, b, k] : x[t, b, k - H];
                        ar += Wr[j, k] * input;
                        az += Wz[j, k] * input;
                    }

                    (r[t, b, j], z[t, b, j]) = (1 / (1 + Math.Exp(-ar)), 1 / (1 + Math.Exp(-az)));
                }

                for (var j = 0; j < H; j++)
                {
                    var an = bias[2, j];
                    for (var k = 0; k < H + I; k++)
                    {
                        an += Wn[j, k] * (k < H ? r[t, b, k] * h[t, b, k] : x[t, b, k - H]);
                    }

                    n[t, b, j] = Math.Tanh(an);
                    h[t + 1, b, j] = (1 - z[t, b, j]) * n[t, b, j] + z[t, b, j] * h[t, b, j];
                }
            }

            var e = Enumerable.Range(0, O).Select(o => Math.Exp(parameters["by"][0, o] + Enumerable.Range(0, H).Sum(j => Wy[o, j] * h[T, b, j]))).ToArray();
            for (var o = 0; o < O; o++)
            {
                p[b, o] = e[o] / e.Sum();
            }

            loss -= Math.Log(p[b, labels[b]]) / B;
        }

        var grads = parameters.ToDictionary(entry => entry.Key, entry => new double[entry.Value.GetLength(0), entry.Value.GetLength(1)]);
        Backward(x, labels, h, r, z, n, p, parameters, grads);
        double[,] Part(Dictionary<string, double[,]> from, int start, int width)
        {
            var whole = new double[3 * H, width];
            for (var k = 0; k < whole.Length; k++)
            {
                whole[k / width, k % width] = from[(k / width / H) switch { 0 => "Wr", 1 => "Wz", _ => "Wn" }][k / width % H, start + k % width];
            }

            return whole;
        }

        return new()
        {
            ["Wxh"] = Part(parameters, H, I), ["Whh"] = Part(parameters, 0, H), ["bh"] = bias.Cast<double>().ToArray(), ["Why"] = Wy, ["by"] = parameters["by"].Cast<double>().ToArray(),
            ["x"] = x, ["targets"] = labels, ["h0"] = start, ["loss"] = loss, ["p"] = p,
            ["dWxh"] = Part(grads, H, I), ["dWhh"] = Part(grads, 0, H), ["dbh"] = grads["b"].Cast<double>().ToArray(), ["dWhy"] = grads["Wy"], ["dby"] = grads["by"].Cast<double>().ToArray(),
            ["meta"] = """{"convention": "canonical", "cell": "gru-reset-before", "loss": "cross-entropy", "reduction": "mean", "outputs": "last-step", "batch_first": false}""",
        };
    }

    private static void Backward(
        double[,,] x, int[] labels, double[,,] h, double[,,] r, double[,,] z, double[,,] n, double[,] p, Dictionary<string, double[,]> parameters, Dictionary<string, double[,]> grads)
    {
        int T = x.GetLength(0), B = x.GetLength(1), I = x.GetLength(2), H = h.GetLength(2), O = p.GetLength(1);
        var Wy = parameters["Wy"];
        for (var b = 0; b < B; b++)
        {
            var dh = new double[H];
            for (var o = 0; o < O; o++)
            {
                var dy = (p[b, o] - (o == labels[b] ? 1.0 : 0.0)) / B;
                grads["by"][0, o] += dy;
                for (var j = 0; j < H; j++)
                {
                    grads["Wy"][o, j] += dy * h[T, b, j];
                    dh[j] += dy * Wy[o, j];
                }
            }

            for (var t = T - 1; t >= 0; t--)
            {
                double[] dhPrev = new double[H], drh = new double[H];
                for (var j = 0; j < H; j++)
                {
                    var dn = dh[j] * (1 - z[t, b, j]) * (1 - Math.Pow(n[t, b, j], 2));
                    var dz = (-dh[j] * n[t, b, j] + dh[j] * h[t, b, j]) * z[t, b, j] * (1 - z[t, b, j]);
                    dhPrev[j] += dh[j] * z[t, b, j];
                    grads["b"][2, j] += dn;
                    grads["b"][1, j] += dz;
                    for (var k = 0; k < H; k++)
                    {
                        grads["Wn"][j, k] += dn * r[t, b, k] * h[t, b, k];
                        grads["Wz"][j, k] += dz * h[t, b, k];
                        drh[k] += dn * parameters["Wn"][j, k];
                        dhPrev[k] += dz * parameters["Wz"][j, k];
                    }

                    for (var k = 0; k < I; k++)
                    {
                        grads["Wn"][j, H + k] += dn * x[t, b, k];
                        grads["Wz"][j, H + k] += dz * x[t, b, k];
                    }
                }

                for (var j = 0; j < H; j++)
                {
                    var dr = drh[j] * h[t, b, j] * r[t, b, j] * (1 - r[t, b, j]);
                    dhPrev[j] += drh[j] * r[t, b, j];
                    grads["b"][0, j] += dr;
                    for (var k = 0; k < H; k++)
                    {
                        grads["Wr"][j, k] += dr * h[t, b, k];
                        dhPrev[k] += dr * parameters["Wr"][j, k];
                    }

                    for (var k = 0; k < I; k++)
                    {
                        grads["Wr"][j, H + k] += dr * x[t, b, k];
                    }
                }

                dh = dhPrev;
            }
        }
    }
}
