using System;
using System.Collections.Generic;

namespace RnnCompare.Programs;

/// <summary>An LSTM over batches in rows whose gates stand side by side in one product; squared error, the mean over steps and sequences.</summary>
internal static class LstmStackedRows
{
    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(3, 6), B = random.Next(2, 4), I = random.Next(2, 4), H = random.Next(4, 7), O = random.Next(2, 4);
        Matrix Wx = Matrix.Draw(random, I, 4 * H), Wh = Matrix.Draw(random, H, 4 * H), bh = Matrix.Draw(random, 1, 4 * H), Wy = Matrix.Draw(random, H, O), by = Matrix.Draw(random, 1, O);
        Matrix[] x = Matrix.Draw(random, T, B, I), target = Matrix.Draw(random, T, B, O), dx = new Matrix[T];
        Matrix[] h = new Matrix[T + 1], c = new Matrix[T + 1], gates = new Matrix[T], y = new Matrix[T];
        (h[0], c[0]) = (Matrix.Draw(random, B, H), Matrix.Draw(random, B, H));
        var loss = 0.0;
        for (var t = 0; t < T; t++)
        {
            var a = x[t].Dot(Wx) + h[t].Dot(Wh) + bh;
            Matrix i = Matrix.Sigmoid(a.Slice(0, H)), f = Matrix.Sigmoid(a.Slice(H, 2 * H)), g = Matrix.Tanh(a.Slice(2 * H, 3 * H)), o = Matrix.Sigmoid(a.Slice(3 * H, 4 * H));
            gates[t] = Matrix.Beside(i, f, g, o);
            c[t + 1] = f * c[t] + i * g;
            h[t + 1] = o * Matrix.Tanh(c[t + 1]);
            y[t] = h[t + 1].Dot(Wy) + by;
            loss += ((y[t] - target[t]) * (y[t] - target[t])).Sum() / (2 * T * B);
        }

        var d = Backward(x, target, h, c, gates, y, Wx, Wh, Wy, dx);
        return new()
        {
            ["Wxh"] = Wx.Array(), ["Whh"] = Wh.Array(), ["bhh"] = bh.Array(), ["Who"] = Wy.Array(), ["bho"] = by.Array(),
            ["x"] = Matrix.Stack(x), ["targets"] = Matrix.Stack(target), ["h0"] = h[0].Array(), ["c0"] = c[0].Array(), ["loss"] = loss, ["y"] = Matrix.Stack(y),
            ["dWxh"] = d["Wx"].Array(), ["dWhh"] = d["Wh"].Array(), ["dbhh"] = d["bh"].Array(), ["dWho"] = d["Wy"].Array(), ["dbho"] = d["by"].Array(),
            ["dx"] = Matrix.Stack(dx), ["dh0"] = d["h0"].Array(), ["dc0"] = d["c0"].Array(),
            ["meta"] = """{"convention": "row", "cell": "lstm", "loss": "squared-error", "reduction": "mean", "outputs": "every-step", "batch_first": false}""",
        };
    }

    private static Dictionary<string, Matrix> Backward(
        Matrix[] x, Matrix[] target, Matrix[] h, Matrix[] c, Matrix[] gates, Matrix[] y, Matrix Wx, Matrix Wh, Matrix Wy, Matrix[] dx)
    {
        int T = x.Length, B = x[0].Rows, H = Wh.Rows;
        Matrix dWx = new(Wx.Rows, Wx.Columns), dWh = new(H, 4 * H), dbh = new(1, 4 * H), dWy = new(H, Wy.Columns), dby = new(1, Wy.Columns);
        Matrix dhNext = new(B, H), dcNext = new(B, H);
        for (var t = T - 1; t >= 0; t--)
        {
            Matrix i = gates[t].Slice(0, H), f = gates[t].Slice(H, 2 * H), g = gates[t].Slice(2 * H, 3 * H), o = gates[t].Slice(3 * H, 4 * H);
            var dy = (y[t] - target[t]) / (T * B);
            dWy += h[t + 1].T.Dot(dy);
            dby += dy.SumRows();
            var dh = dy.Dot(Wy.T) + dhNext;
            var tanhC = Matrix.Tanh(c[t + 1]);
            var dc = dcNext + dh * o * (1 - tanhC * tanhC);
            var da = Matrix.Beside(
                dc * g * i * (1 - i),
                dc * c[t] * f * (1 - f),
                dc * i * (1 - g * g),
                dh * tanhC * o * (1 - o));
            dWx += x[t].T.Dot(da);
            dWh += h[t].T.Dot(da);
            dbh += da.SumRows();
            dx[t] = da.Dot(Wx.T);
            dhNext = da.Dot(Wh.T);
            dcNext = dc * f;
        }

        return new() { ["Wx"] = dWx, ["Wh"] = dWh, ["bh"] = dbh, ["Wy"] = dWy, ["by"] = dby, ["h0"] = dhNext, ["c0"] = dcNext };
    }
}
