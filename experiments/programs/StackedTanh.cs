using System;
using System.Collections.Generic;

namespace RnnCompare.Programs;

/// <summary>Two tanh layers in lists of arrays, the lower one run to its end first; batches, cross-entropy, the mean over steps and sequences.</summary>
internal static class StackedTanh
{
    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(3, 5), B = random.Next(2, 4), I = random.Next(2, 4), H = random.Next(4, 6), O = random.Next(2, 4);
        Matrix[] Wxh = [Matrix.Draw(random, I, H), Matrix.Draw(random, H, H)], Whh = Matrix.Draw(random, 2, H, H, 0.7), bh = Matrix.Draw(random, 2, 1, H), h0 = Matrix.Draw(random, 2, B, H);
        Matrix Who = Matrix.Draw(random, H, O), bho = Matrix.Draw(random, 1, O);
        var x = Matrix.Draw(random, T, B, I);
        var labels = new int[T, B];
        Matrix[][] h = [new Matrix[T], new Matrix[T]];
        var p = new Matrix[T];
        var loss = 0.0;
        for (var l = 0; l < 2; l++)
        {
            for (var t = 0; t < T; t++)
            {
                h[l][t] = Matrix.Tanh((l == 0 ? x[t] : h[0][t]).Dot(Wxh[l]) + (t == 0 ? h0[l] : h[l][t - 1]).Dot(Whh[l]) + bh[l]);
            }
        }

        for (var t = 0; t < T; t++)
        {
            p[t] = (h[1][t].Dot(Who) + bho).Softmax();
            for (var b = 0; b < B; b++)
            {
                labels[t, b] = random.Next(O);
                loss -= Math.Log(p[t][b, labels[t, b]]) / (T * B);
            }
        }

        Matrix[] dWxh = [new(I, H), new(H, H)], dWhh = [new(H, H), new(H, H)], dbh = [new(1, H), new(1, H)];
        Matrix dWho = new(H, O), dbho = new(1, O);
        Backward(x, labels, h, h0, p, Wxh, Whh, Who, dWxh, dWhh, dbh, ref dWho, ref dbho);
        return new()
        {
            ["Wxh"] = Wxh[0].Array(), ["Whh"] = Whh[0].Array(), ["bhh"] = bh[0].Array(), ["Wxh.1"] = Wxh[1].Array(), ["Whh.1"] = Whh[1].Array(), ["bhh.1"] = bh[1].Array(),
            ["Who"] = Who.Array(), ["bho"] = bho.Array(), ["x"] = Matrix.Stack(x), ["targets"] = labels, ["h0"] = Matrix.Stack(h0), ["loss"] = loss, ["p"] = Matrix.Stack(p),
            ["dWxh"] = dWxh[0].Array(), ["dWhh"] = dWhh[0].Array(), ["dbhh"] = dbh[0].Array(), ["dWxh.1"] = dWxh[1].Array(), ["dWhh.1"] = dWhh[1].Array(), ["dbhh.1"] = dbh[1].Array(),
            ["dWho"] = dWho.Array(), ["dbho"] = dbho.Array(),
            ["meta"] = """{"convention": "row", "cell": "tanh", "loss": "cross-entropy", "reduction": "mean", "outputs": "every-step", "batch_first": false}""",
        };
    }

    private static void Backward(
        Matrix[] x, int[,] labels, Matrix[][] h, Matrix[] h0, Matrix[] p, Matrix[] Wxh, Matrix[] Whh, Matrix Who,
        Matrix[] dWxh, Matrix[] dWhh, Matrix[] dbh, ref Matrix dWho, ref Matrix dbho)
    {
        int T = x.Length, B = x[0].Rows;
        var above = new Matrix[T];
        for (var t = 0; t < T; t++)
        {
            var dy = p[t] / (T * B);
            for (var b = 0; b < B; b++)
            {
                dy[b, labels[t, b]] -= 1.0 / (T * B);
            }

            dWho += h[1][t].T.Dot(dy);
            dbho += dy.SumRows();
            above[t] = dy.Dot(Who.T);
        }

        for (var l = 1; l >= 0; l--)
        {
            var carry = new Matrix(B, Whh[l].Rows);
            for (var t = T - 1; t >= 0; t--)
            {
                var dz = (above[t] + carry) * (1 - h[l][t] * h[l][t]);
                dWxh[l] += (l == 0 ? x[t] : h[0][t]).T.Dot(dz);
                dWhh[l] += (t == 0 ? h0[l] : h[l][t - 1]).T.Dot(dz);
                dbh[l] += dz.SumRows();
                carry = dz.Dot(Whh[l].T);
                above[t] = dz.Dot(Wxh[l].T);
            }
        }
    }
}
