using System;
using System.Collections.Generic;
using System.Linq;

namespace RnnCompare.Programs;

/// <summary>The GRU of 2014, whose reset comes before the product, in columns with W, U, b for each gate; one sequence, squared error summed over every step.</summary>
internal static class GruBeforeColumns
{
    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(3, 7), I = random.Next(2, 4), H = random.Next(4, 7), O = random.Next(2, 4);
        Matrix Wr = Matrix.Draw(random, H, I), Wz = Matrix.Draw(random, H, I), Wn = Matrix.Draw(random, H, I);
        Matrix Ur = Matrix.Draw(random, H, H), Uz = Matrix.Draw(random, H, H), Un = Matrix.Draw(random, H, H);
        Matrix br = Matrix.Draw(random, H, 1), bz = Matrix.Draw(random, H, 1), bn = Matrix.Draw(random, H, 1), V = Matrix.Draw(random, O, H), bv = Matrix.Draw(random, O, 1);
        Matrix[] x = Matrix.Draw(random, T, I, 1), d = Matrix.Draw(random, T, O, 1);
        Matrix[] r = new Matrix[T], z = new Matrix[T], n = new Matrix[T], y = new Matrix[T], h = new Matrix[T + 1];
        h[0] = Matrix.Draw(random, H, 1);
        var loss = 0.0;
        for (var t = 0; t < T; t++)
        {
            r[t] = Matrix.Sigmoid(Wr.Dot(x[t]) + Ur.Dot(h[t]) + br);
            z[t] = Matrix.Sigmoid(Wz.Dot(x[t]) + Uz.Dot(h[t]) + bz);
            n[t] = Matrix.Tanh(Wn.Dot(x[t]) + Un.Dot(r[t] * h[t]) + bn);
            h[t + 1] = (1 - z[t]) * n[t] + z[t] * h[t];
            y[t] = V.Dot(h[t + 1]) + bv;
            loss += ((y[t] - d[t]) * (y[t] - d[t])).Sum() / 2;
        }

        var g = Backward(x, d, h, r, z, n, y, Ur, Uz, Un, V);
        double[,] Over(params Matrix[] parts) => Matrix.Beside([.. parts.Select(part => part.T)]).T.Array();
        return new()
        {
            ["Wxh"] = Over(Wr, Wz, Wn), ["Whh"] = Over(Ur, Uz, Un), ["bh"] = Over(br, bz, bn), ["Why"] = V.Array(), ["by"] = bv.Array(),
            ["x"] = Matrix.Stack(x), ["targets"] = Matrix.Stack(d), ["h0"] = h[0].Array(), ["loss"] = loss, ["y"] = Matrix.Stack(y),
            ["dWxh"] = Over(g.Wr, g.Wz, g.Wn), ["dWhh"] = Over(g.Ur, g.Uz, g.Un), ["dbh"] = Over(g.br, g.bz, g.bn), ["dWhy"] = g.V.Array(), ["dby"] = g.bv.Array(),
            ["meta"] = """{"convention": "karpathy", "cell": "gru-reset-before", "loss": "squared-error", "reduction": "sum", "outputs": "every-step"}""",
        };
    }

    private static (Matrix Wr, Matrix Wz, Matrix Wn, Matrix Ur, Matrix Uz, Matrix Un, Matrix br, Matrix bz, Matrix bn, Matrix V, Matrix bv) Backward(
        Matrix[] x, Matrix[] d, Matrix[] h, Matrix[] r, Matrix[] z, Matrix[] n, Matrix[] y, Matrix Ur, Matrix Uz, Matrix Un, Matrix V)
    {
        int H = Ur.Rows, I = x[0].Rows;
        Matrix dWr = new(H, I), dWz = new(H, I), dWn = new(H, I), dUr = new(H, H), dUz = new(H, H), dUn = new(H, H);
        Matrix dbr = new(H, 1), dbz = new(H, 1), dbn = new(H, 1), dV = new(V.Rows, H), dbv = new(V.Rows, 1), dhNext = new(H, 1);
        for (var t = x.Length - 1; t >= 0; t--)
        {
            var e = y[t] - d[t];
            dV += e.Dot(h[t + 1].T);
            dbv += e;
            var dh = V.T.Dot(e) + dhNext;
            var an = dh * (1 - z[t]) * (1 - n[t] * n[t]);
            var az = dh * (h[t] - n[t]) * z[t] * (1 - z[t]);
            var drh = Un.T.Dot(an);
            var ar = drh * h[t] * r[t] * (1 - r[t]);
            dWn += an.Dot(x[t].T);
            dWz += az.Dot(x[t].T);
            dWr += ar.Dot(x[t].T);
            dUn += an.Dot((r[t] * h[t]).T);
            dUz += az.Dot(h[t].T);
            dUr += ar.Dot(h[t].T);
            dbn += an;
            dbz += az;
            dbr += ar;
            dhNext = dh * z[t] + drh * r[t] + Uz.T.Dot(az) + Ur.T.Dot(ar);
        }

        return (dWr, dWz, dWn, dUr, dUz, dUn, dbr, dbz, dbn, dV, dbv);
    }
}
