using System;
using System.Collections.Generic;

namespace RnnCompare.Programs;

/// <summary>Rows over batches, as in NumPy: tanh, squared error, the mean over steps and sequences.</summary>
internal static class TanhRows
{
    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(3, 6), B = random.Next(2, 4), I = random.Next(2, 5), H = random.Next(5, 8), O = random.Next(2, 4);
        Matrix Wxh = Matrix.Draw(random, I, H), Whh = Matrix.Draw(random, H, H), Who = Matrix.Draw(random, H, O), bhh = Matrix.Draw(random, 1, H), bho = Matrix.Draw(random, 1, O);
        Matrix[] x = Matrix.Draw(random, T, B, I), targets = Matrix.Draw(random, T, B, O);
        var h0 = Matrix.Draw(random, B, H);
        Matrix[] h = new Matrix[T], y = new Matrix[T];
        var loss = 0.0;
        for (var t = 0; t < T; t++)
        {
            h[t] = Matrix.Tanh(x[t].Dot(Wxh) + (t > 0 ? h[t - 1] : h0).Dot(Whh) + bhh);
            y[t] = h[t].Dot(Who) + bho;
            loss += 0.5 * ((y[t] - targets[t]) * (y[t] - targets[t])).Sum() / (T * B);
        }

        var grads = Backward(x, targets, h, y, h0, Wxh, Whh, Who);
        return new()
        {
            ["Wxh"] = Wxh.Array(), ["Whh"] = Whh.Array(), ["Who"] = Who.Array(), ["bhh"] = bhh.Array(), ["bho"] = bho.Array(),
            ["x"] = Matrix.Stack(x), ["targets"] = Matrix.Stack(targets), ["h0"] = h0.Array(), ["loss"] = loss, ["y"] = Matrix.Stack(y), ["h"] = Matrix.Stack(h),
            ["dWxh"] = grads.dWxh.Array(), ["dWhh"] = grads.dWhh.Array(), ["dWho"] = grads.dWho.Array(), ["dbhh"] = grads.dbhh.Array(), ["dbho"] = grads.dbho.Array(), ["dh0"] = grads.dh0.Array(),
            ["meta"] = """{"convention": "row", "cell": "tanh", "loss": "squared-error", "reduction": "mean", "outputs": "every-step", "batch_first": false}""",
        };
    }

    private static (Matrix dWxh, Matrix dWhh, Matrix dWho, Matrix dbhh, Matrix dbho, Matrix dh0) Backward(
        Matrix[] x, Matrix[] targets, Matrix[] h, Matrix[] y, Matrix h0, Matrix Wxh, Matrix Whh, Matrix Who)
    {
        int T = x.Length, B = h0.Rows;
        Matrix dWxh = new(Wxh.Rows, Wxh.Columns), dWhh = new(Whh.Rows, Whh.Columns), dWho = new(Who.Rows, Who.Columns);
        Matrix dbhh = new(1, Whh.Columns), dbho = new(1, Who.Columns), dhNext = new(B, Whh.Rows);
        for (var t = T - 1; t >= 0; t--)
        {
            var dy = -(targets[t] - y[t]) / (T * B);
            dWho += h[t].T.Dot(dy);
            dbho += dy.SumRows();
            var dh = dy.Dot(Who.T) + dhNext;
            var dz = dh * (1 - h[t] * h[t]);
            dWxh += x[t].T.Dot(dz);
            dWhh += (t > 0 ? h[t - 1] : h0).T.Dot(dz);
            dbhh += dz.SumRows();
            dhNext = dz.Dot(Whh.T);
        }

        return (dWxh, dWhh, dWho, dbhh, dbho, dhNext);
    }
}
