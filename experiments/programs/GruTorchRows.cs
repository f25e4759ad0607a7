using System;
using System.Collections.Generic;

namespace RnnCompare.Programs;

/// <summary>A GRU with the names and shapes of PyTorch, both biases, written for batches in rows; squared error after the last step, summed.</summary>
internal static class GruTorchRows
{
    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(3, 6), B = random.Next(2, 4), I = random.Next(2, 4), H = random.Next(4, 7), O = random.Next(2, 4);
        Matrix w_ih = Matrix.Draw(random, 3 * H, I), w_hh = Matrix.Draw(random, 3 * H, H), b_ih = Matrix.Draw(random, 1, 3 * H), b_hh = Matrix.Draw(random, 1, 3 * H);
        Matrix w = Matrix.Draw(random, O, H), bias = Matrix.Draw(random, 1, O), target = Matrix.Draw(random, B, O), h0 = Matrix.Draw(random, B, H);
        var x = Matrix.Draw(random, T, B, I);
        List<(Matrix r, Matrix z, Matrix n, Matrix hn, Matrix before)> tape = [];
        var h = h0;
        for (var t = 0; t < T; t++)
        {
            Matrix gi = x[t].Dot(w_ih.T) + b_ih, gh = h.Dot(w_hh.T) + b_hh;
            var r = Matrix.Sigmoid(gi.Slice(0, H) + gh.Slice(0, H));
            var z = Matrix.Sigmoid(gi.Slice(H, 2 * H) + gh.Slice(H, 2 * H));
            var n = Matrix.Tanh(gi.Slice(2 * H, 3 * H) + r * gh.Slice(2 * H, 3 * H));
            tape.Add((r, z, n, gh.Slice(2 * H, 3 * H), h));
            h = (1 - z) * n + z * h;
        }

        var y = h.Dot(w.T) + bias;
        var (dw_ih, dw_hh, db_ih, db_hh, dw, dbias, dh0) = Backward(x, target, h, y, tape, w_hh, w);
        return new()
        {
            ["weight_ih_l0"] = w_ih.Array(), ["weight_hh_l0"] = w_hh.Array(), ["bias_ih_l0"] = b_ih.Flat(), ["bias_hh_l0"] = b_hh.Flat(), ["linear.weight"] = w.Array(), ["linear.bias"] = bias.Flat(),
            ["x"] = Matrix.Stack(x), ["targets"] = target.Array(), ["h0"] = Matrix.Stack(h0), ["y"] = y.Array(), ["loss"] = 0.5 * ((y - target) * (y - target)).Sum(),
            ["dweight_ih_l0"] = dw_ih.Array(), ["dweight_hh_l0"] = dw_hh.Array(), ["dbias_ih_l0"] = db_ih.Flat(), ["dbias_hh_l0"] = db_hh.Flat(),
            ["dlinear.weight"] = dw.Array(), ["dlinear.bias"] = dbias.Flat(), ["dh0"] = Matrix.Stack(dh0),
            ["meta"] = """{"convention": "pytorch", "cell": "gru", "loss": "squared-error", "reduction": "sum", "outputs": "last-step", "batch_first": false}""",
        };
    }

    private static (Matrix, Matrix, Matrix, Matrix, Matrix, Matrix, Matrix) Backward(
        Matrix[] x, Matrix target, Matrix h, Matrix y, List<(Matrix r, Matrix z, Matrix n, Matrix hn, Matrix before)> tape, Matrix w_hh, Matrix w)
    {
        int T = x.Length, I = x[0].Columns, H = w_hh.Columns;
        Matrix dw_ih = new(3 * H, I), dw_hh = new(3 * H, H), db_ih = new(1, 3 * H), db_hh = new(1, 3 * H);
        var dy = y - target;
        var dw = dy.T.Dot(h);
        var dbias = dy.SumRows();
        var dh = dy.Dot(w);
        for (var t = T - 1; t >= 0; t--)
        {
            var (r, z, n, hn, before) = tape[t];
            var dn = dh * (1 - z) * (1 - n * n);
            var dz = dh * (before - n) * z * (1 - z);
            var dr = dn * hn * r * (1 - r);
            var dgi = Matrix.Beside(dr, dz, dn);
            var dgh = Matrix.Beside(dr, dz, dn * r);
            dw_ih += dgi.T.Dot(x[t]);
            dw_hh += dgh.T.Dot(before);
            db_ih += dgi.SumRows();
            db_hh += dgh.SumRows();
            dh = dh * z + dgh.Dot(w_hh);
        }

        return (dw_ih, dw_hh, db_ih, db_hh, dw, dbias, dh);
    }
}
