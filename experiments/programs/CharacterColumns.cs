using System;
using System.Collections.Generic;

namespace RnnCompare.Programs;

/// <summary>A character model in columns, one sequence, plain loops: tanh, cross-entropy summed over every step.</summary>
internal static class CharacterColumns
{
    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(4, 8), V = random.Next(3, 6), H = random.Next(6, 9);
        double[,] Draw(int rows, int columns)
        {
            var m = new double[rows, columns];
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    m[i, j] = random.NextDouble() - 0.5;
                }
            }

            return m;
        }

        double[,] Wxh = Draw(H, V), Whh = Draw(H, H), Why = Draw(V, H), bh = Draw(H, 1), by = Draw(V, 1), h0 = Draw(1, H);
        int[] x = new int[T], targets = new int[T];
        for (var t = 0; t < T; t++)
        {
            (x[t], targets[t]) = (random.Next(V), random.Next(V));
        }

        // h[0] is the state before the first step.
        double[][] h = new double[T + 1][], p = new double[T][];
        h[0] = new double[H];
        for (var j = 0; j < H; j++)
        {
            h[0][j] = h0[0, j];
        }

        var loss = 0.0;
        for (var t = 0; t < T; t++)
        {
            h[t + 1] = new double[H];
            for (var i = 0; i < H; i++)
            {
                var z = Wxh[i, x[t]] + bh[i, 0];
                for (var j = 0; j < H; j++)
                {
                    z += Whh[i, j] * h[t][j];
                }

                h[t + 1][i] = Math.Tanh(z);
            }

            p[t] = new double[V];
            var sum = 0.0;
            for (var k = 0; k < V; k++)
            {
                var y = by[k, 0];
                for (var j = 0; j < H; j++)
                {
                    y += Why[k, j] * h[t + 1][j];
                }

                p[t][k] = Math.Exp(y);
                sum += p[t][k];
            }

            for (var k = 0; k < V; k++)
            {
                p[t][k] /= sum;
            }

            loss -= Math.Log(p[t][targets[t]]);
        }

        double[,] dWxh = new double[H, V], dWhh = new double[H, H], dWhy = new double[V, H], dbh = new double[H, 1], dby = new double[V, 1];
        Backward(x, targets, h, p, Whh, Why, dWxh, dWhh, dWhy, dbh, dby);
        return new()
        {
            ["Wxh"] = Wxh, ["Whh"] = Whh, ["Why"] = Why, ["bh"] = bh, ["by"] = by, ["x"] = x, ["targets"] = targets, ["h0"] = h0, ["loss"] = loss, ["p"] = p,
            ["dWxh"] = dWxh, ["dWhh"] = dWhh, ["dWhy"] = dWhy, ["dbh"] = dbh, ["dby"] = dby,
            ["meta"] = """{"convention": "karpathy", "cell": "tanh", "loss": "cross-entropy", "reduction": "sum", "outputs": "every-step"}""",
        };
    }

    private static void Backward(
        int[] x, int[] targets, double[][] h, double[][] p, double[,] Whh, double[,] Why, double[,] dWxh, double[,] dWhh, double[,] dWhy, double[,] dbh, double[,] dby)
    {
        int T = x.Length, H = Whh.GetLength(0), V = Why.GetLength(0);
        var dhnext = new double[H];
        for (var t = T - 1; t >= 0; t--)
        {
            var dy = (double[])p[t].Clone();
            dy[targets[t]] -= 1;
            var dh = new double[H];
            for (var k = 0; k < V; k++)
            {
                dby[k, 0] += dy[k];
                for (var j = 0; j < H; j++)
                {
                    dWhy[k, j] += dy[k] * h[t + 1][j];
                    dh[j] += Why[k, j] * dy[k];
                }
            }

            var dz = new double[H];
            for (var i = 0; i < H; i++)
            {
                dh[i] += dhnext[i];
                dz[i] = (1 - h[t + 1][i] * h[t + 1][i]) * dh[i];
                dbh[i, 0] += dz[i];
                dWxh[i, x[t]] += dz[i];
            }

            dhnext = new double[H];
            for (var i = 0; i < H; i++)
            {
                for (var j = 0; j < H; j++)
                {
                    dWhh[i, j] += dz[i] * h[t][j];
                    dhnext[j] += Whh[i, j] * dz[i];
                }
            }
        }
    }
}
