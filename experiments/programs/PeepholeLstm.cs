using System;
using System.Collections.Generic;

namespace RnnCompare.Programs;

/// <summary>The LSTM of 2000 whose gates see the cell state, with matrices in rows over batches; squared error, the mean over steps and sequences.</summary>
internal static class PeepholeLstm
{
    internal const string Cell = "peephole-lstm";

    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(3, 6), B = random.Next(2, 4), I = random.Next(2, 4), H = random.Next(4, 7), O = random.Next(2, 4);
        Matrix Wxi = Matrix.Draw(random, I, H), Wxf = Matrix.Draw(random, I, H), Wxg = Matrix.Draw(random, I, H), Wxo = Matrix.Draw(random, I, H);
        Matrix Whi = Matrix.Draw(random, H, H), Whf = Matrix.Draw(random, H, H), Whg = Matrix.Draw(random, H, H), Who = Matrix.Draw(random, H, H);
        Matrix pi = Matrix.Draw(random, 1, H), pf = Matrix.Draw(random, 1, H), po = Matrix.Draw(random, 1, H);
        Matrix bi = Matrix.Draw(random, 1, H), bf = Matrix.Draw(random, 1, H), bg = Matrix.Draw(random, 1, H), bo = Matrix.Draw(random, 1, H);
        Matrix Why = Matrix.Draw(random, O, H), by = Matrix.Draw(random, 1, O);
        Matrix[] x = Matrix.Draw(random, T, B, I), target = Matrix.Draw(random, T, B, O);
        Matrix[] h = new Matrix[T + 1], c = new Matrix[T + 1], i = new Matrix[T], f = new Matrix[T], g = new Matrix[T], o = new Matrix[T], y = new Matrix[T];
        (h[0], c[0]) = (Matrix.Draw(random, B, H), Matrix.Draw(random, B, H));
        var loss = 0.0;
        for (var t = 0; t < T; t++)
        {
            i[t] = Matrix.Sigmoid(x[t].Dot(Wxi) + h[t].Dot(Whi) + c[t] * pi + bi);
            f[t] = Matrix.Sigmoid(x[t].Dot(Wxf) + h[t].Dot(Whf) + c[t] * pf + bf);
            g[t] = Matrix.Tanh(x[t].Dot(Wxg) + h[t].Dot(Whg) + bg);
            c[t + 1] = f[t] * c[t] + i[t] * g[t];
            o[t] = Matrix.Sigmoid(x[t].Dot(Wxo) + h[t].Dot(Who) + c[t + 1] * po + bo);
            h[t + 1] = o[t] * Matrix.Tanh(c[t + 1]);
            y[t] = h[t + 1].Dot(Why.T) + by;
            loss += ((y[t] - target[t]) * (y[t] - target[t])).Sum() / (2 * T * B);
        }

        var d = Backward(x, target, h, c, i, f, g, o, y, Whi, Whf, Whg, Who, pi, pf, po, Why);
        Dictionary<string, object> saved = new()
        {
            ["Wxi"] = Wxi.Array(), ["Wxf"] = Wxf.Array(), ["Wxg"] = Wxg.Array(), ["Wxo"] = Wxo.Array(), ["Whi"] = Whi.Array(), ["Whf"] = Whf.Array(), ["Whg"] = Whg.Array(), ["Who"] = Who.Array(),
            ["pi"] = pi.Array(), ["pf"] = pf.Array(), ["po"] = po.Array(), ["bi"] = bi.Array(), ["bf"] = bf.Array(), ["bg"] = bg.Array(), ["bo"] = bo.Array(), ["Why"] = Why.Array(), ["by"] = by.Array(),
            ["x"] = Matrix.Stack(x), ["targets"] = Matrix.Stack(target), ["h0"] = h[0].Array(), ["c0"] = c[0].Array(), ["loss"] = loss, ["y"] = Matrix.Stack(y),
            ["meta"] = """{"loss": "squared-error", "reduction": "mean", "outputs": "every-step", "batch_first": false}""",
        };
        foreach (var (name, gradient) in d)
        {
            saved["d" + name] = gradient.Array();
        }

        return saved;
    }

    private static Dictionary<string, Matrix> Backward(
        Matrix[] x, Matrix[] target, Matrix[] h, Matrix[] c, Matrix[] i, Matrix[] f, Matrix[] g, Matrix[] o, Matrix[] y,
        Matrix Whi, Matrix Whf, Matrix Whg, Matrix Who, Matrix pi, Matrix pf, Matrix po, Matrix Why)
    {
        int T = x.Length, B = x[0].Rows, I = x[0].Columns, H = Whi.Rows;
        Matrix dWxi = new(I, H), dWxf = new(I, H), dWxg = new(I, H), dWxo = new(I, H), dWhi = new(H, H), dWhf = new(H, H), dWhg = new(H, H), dWho = new(H, H);
        Matrix dpi = new(1, H), dpf = new(1, H), dpo = new(1, H), dbi = new(1, H), dbf = new(1, H), dbg = new(1, H), dbo = new(1, H), dWhy = new(Why.Rows, H), dby = new(1, Why.Rows);
        Matrix dhNext = new(B, H), dcNext = new(B, H);
        for (var t = T - 1; t >= 0; t--)
        {
            var dy = (y[t] - target[t]) / (T * B);
            dWhy += dy.T.Dot(h[t + 1]);
            dby += dy.SumRows();
            var dh = dy.Dot(Why) + dhNext;
            var s = Matrix.Tanh(c[t + 1]);
            var zo = dh * s * o[t] * (1 - o[t]);
            var dc = dh * o[t] * (1 - s * s) + zo * po + dcNext;
            var zi = dc * g[t] * i[t] * (1 - i[t]);
            var zf = dc * c[t] * f[t] * (1 - f[t]);
            var zg = dc * i[t] * (1 - g[t] * g[t]);
            dpo += (zo * c[t + 1]).SumRows();
            dpi += (zi * c[t]).SumRows();
            dpf += (zf * c[t]).SumRows();
            dWxi += x[t].T.Dot(zi);
            dWxf += x[t].T.Dot(zf);
            dWxg += x[t].T.Dot(zg);
            dWxo += x[t].T.Dot(zo);
            dWhi += h[t].T.Dot(zi);
            dWhf += h[t].T.Dot(zf);
            dWhg += h[t].T.Dot(zg);
            dWho += h[t].T.Dot(zo);
            dbi += zi.SumRows();
            dbf += zf.SumRows();
            dbg += zg.SumRows();
            dbo += zo.SumRows();
            dcNext = dc * f[t] + zi * pi + zf * pf;
            dhNext = zi.Dot(Whi.T) + zf.Dot(Whf.T) + zg.Dot(Whg.T) + zo.Dot(Who.T);
        }

        return new()
        {
            ["Wxi"] = dWxi, ["Wxf"] = dWxf, ["Wxg"] = dWxg, ["Wxo"] = dWxo, ["Whi"] = dWhi, ["Whf"] = dWhf, ["Whg"] = dWhg, ["Who"] = dWho, ["pi"] = dpi, ["pf"] = dpf, ["po"] = dpo,
            ["bi"] = dbi, ["bf"] = dbf, ["bg"] = dbg, ["bo"] = dbo, ["Why"] = dWhy, ["by"] = dby, ["h0"] = dhNext, ["c0"] = dcNext,
        };
    }
}
