using System;
using System.Collections.Generic;

namespace RnnCompare.Programs;

/// <summary>Both directions written out one after the other: tanh in rows over batches, cross-entropy summed over every step.</summary>
internal static class BidirectionalTanh
{
    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(3, 6), B = random.Next(1, 3), I = random.Next(2, 4), H = random.Next(4, 6), O = random.Next(2, 4);
        Matrix Wf = Matrix.Draw(random, I, H), Uf = Matrix.Draw(random, H, H), bf = Matrix.Draw(random, 1, H);
        Matrix Wb = Matrix.Draw(random, I, H), Ub = Matrix.Draw(random, H, H), bb = Matrix.Draw(random, 1, H), V = Matrix.Draw(random, 2 * H, O), c = Matrix.Draw(random, 1, O);
        var x = Matrix.Draw(random, T, B, I);
        var labels = new int[T, B];
        Matrix[] hf = new Matrix[T], hb = new Matrix[T], p = new Matrix[T], hs = new Matrix[T];
        var loss = 0.0;
        for (var t = 0; t < T; t++)
        {
            hf[t] = Matrix.Tanh(x[t].Dot(Wf) + (t > 0 ? hf[t - 1] : new Matrix(B, H)).Dot(Uf) + bf);
        }

        for (var t = T - 1; t >= 0; t--)
        {
            hb[t] = Matrix.Tanh(x[t].Dot(Wb) + (t < T - 1 ? hb[t + 1] : new Matrix(B, H)).Dot(Ub) + bb);
        }

        for (var t = 0; t < T; t++)
        {
            hs[t] = Matrix.Beside(hf[t], hb[t]);
            p[t] = (hs[t].Dot(V) + c).Softmax();
            for (var b = 0; b < B; b++)
            {
                labels[t, b] = random.Next(O);
                loss -= Math.Log(p[t][b, labels[t, b]]);
            }
        }

        var d = Backward(x, labels, hf, hb, hs, p, Uf, Ub, V);
        return new()
        {
            ["Wxh"] = Wf.Array(), ["Whh"] = Uf.Array(), ["bhh"] = bf.Array(), ["Wxh.0r"] = Wb.Array(), ["Whh.0r"] = Ub.Array(), ["bhh.0r"] = bb.Array(), ["Who"] = V.Array(), ["bho"] = c.Array(),
            ["x"] = Matrix.Stack(x), ["targets"] = labels, ["loss"] = loss, ["p"] = Matrix.Stack(p), ["h"] = Matrix.Stack(hs),
            ["dWxh"] = d["Wf"].Array(), ["dWhh"] = d["Uf"].Array(), ["dbhh"] = d["bf"].Array(), ["dWxh.0r"] = d["Wb"].Array(), ["dWhh.0r"] = d["Ub"].Array(), ["dbhh.0r"] = d["bb"].Array(),
            ["dWho"] = d["V"].Array(), ["dbho"] = d["c"].Array(),
            ["meta"] = """{"convention": "row", "cell": "tanh", "loss": "cross-entropy", "reduction": "sum", "outputs": "every-step", "batch_first": false}""",
        };
    }

    private static Dictionary<string, Matrix> Backward(Matrix[] x, int[,] labels, Matrix[] hf, Matrix[] hb, Matrix[] hs, Matrix[] p, Matrix Uf, Matrix Ub, Matrix V)
    {
        int T = x.Length, B = x[0].Rows, I = x[0].Columns, H = Uf.Rows;
        Matrix dWf = new(I, H), dUf = new(H, H), dbf = new(1, H), dWb = new(I, H), dUb = new(H, H), dbb = new(1, H), dV = new(2 * H, V.Columns), dc = new(1, V.Columns);
        var dhs = new Matrix[T];
        for (var t = 0; t < T; t++)
        {
            var dy = 1 * p[t];
            for (var b = 0; b < B; b++)
            {
                dy[b, labels[t, b]] -= 1;
            }

            dV += hs[t].T.Dot(dy);
            dc += dy.SumRows();
            dhs[t] = dy.Dot(V.T);
        }

        var dh = new Matrix(B, H);
        for (var t = T - 1; t >= 0; t--)
        {
            var dz = (dhs[t].Slice(0, H) + dh) * (1 - hf[t] * hf[t]);
            dWf += x[t].T.Dot(dz);
            dbf += dz.SumRows();
            if (t > 0)
            {
                dUf += hf[t - 1].T.Dot(dz);
            }

            dh = dz.Dot(Uf.T);
        }

        dh = new Matrix(B, H);
        for (var t = 0; t < T; t++)
        {
            var dz = (dhs[t].Slice(H, 2 * H) + dh) * (1 - hb[t] * hb[t]);
            dWb += x[t].T.Dot(dz);
            dbb += dz.SumRows();
            if (t < T - 1)
            {
                dUb += hb[t + 1].T.Dot(dz);
            }

            dh = dz.Dot(Ub.T);
        }

        return new() { ["Wf"] = dWf, ["Uf"] = dUf, ["bf"] = dbf, ["Wb"] = dWb, ["Ub"] = dUb, ["bb"] = dbb, ["V"] = dV, ["c"] = dc };
    }
}
