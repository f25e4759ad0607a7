using System;
using System.Collections.Generic;
using System.Linq;

namespace RnnCompare.Programs;

/// <summary>A GRU whose gates have matrices of their own, the reset after the product; one sequence, cross-entropy summed over every step.</summary>
internal static class GruGates
{
    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(3, 7), I = random.Next(2, 4), H = random.Next(4, 7), O = random.Next(2, 4);
        double[] Vector(int size) => [.. Enumerable.Range(0, size).Select(_ => 1.6 * (random.NextDouble() - 0.5))];
        double[][] Draw(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => Vector(columns))];
        double[][] Wr = Draw(H, I), Wz = Draw(H, I), Wn = Draw(H, I), Ur = Draw(H, H), Uz = Draw(H, H), Un = Draw(H, H), V = Draw(O, H), x = Draw(T, I);
        double[] br = Vector(H), bz = Vector(H), bn = Vector(H), bu = Vector(H), bv = Vector(O), h0 = Vector(H);
        var targets = Enumerable.Range(0, T).Select(_ => random.Next(O)).ToArray();
        double[][] r = new double[T][], z = new double[T][], m = new double[T][], n = new double[T][], h = new double[T][], p = new double[T][];
        var loss = 0.0;
        for (var t = 0; t < T; t++)
        {
            var prev = t > 0 ? h[t - 1] : h0;
            r[t] = [.. Enumerable.Range(0, H).Select(i => Sigmoid(Dot(Wr[i], x[t]) + Dot(Ur[i], prev) + br[i]))];
            z[t] = [.. Enumerable.Range(0, H).Select(i => Sigmoid(Dot(Wz[i], x[t]) + Dot(Uz[i], prev) + bz[i]))];
            m[t] = [.. Enumerable.Range(0, H).Select(i => Dot(Un[i], prev) + bu[i])];
            n[t] = [.. Enumerable.Range(0, H).Select(i => Math.Tanh(Dot(Wn[i], x[t]) + bn[i] + r[t][i] * m[t][i]))];
            h[t] = [.. Enumerable.Range(0, H).Select(i => (1 - z[t][i]) * n[t][i] + z[t][i] * prev[i])];
            var e = V.Select((row, k) => Math.Exp(Dot(row, h[t]) + bv[k])).ToArray();
            p[t] = [.. e.Select(value => value / e.Sum())];
            loss -= Math.Log(p[t][targets[t]]);
        }

        double[][] Zeros(int columns, int rows) => [.. Enumerable.Range(0, rows).Select(_ => new double[columns])];
        double[][] dWr = Zeros(I, H), dWz = Zeros(I, H), dWn = Zeros(I, H), dUr = Zeros(H, H), dUz = Zeros(H, H), dUn = Zeros(H, H), dV = Zeros(H, O);
        double[] dbr = new double[H], dbz = new double[H], dbn = new double[H], dbu = new double[H], dbv = new double[O];
        Backward(x, targets, h0, r, z, m, n, h, p, Ur, Uz, Un, V, dWr, dWz, dWn, dUr, dUz, dUn, dV, dbr, dbz, dbn, dbu, dbv);
        return new()
        {
            ["Wxh"] = Over(Wr, Wz, Wn), ["Whh"] = Over(Ur, Uz, Un), ["bh"] = Over(br, bz, bn), ["bhn"] = bu, ["Why"] = V, ["by"] = bv,
            ["x"] = x, ["targets"] = targets, ["h0"] = new[] { h0 }, ["loss"] = loss, ["p"] = p,
            ["dWxh"] = Over(dWr, dWz, dWn), ["dWhh"] = Over(dUr, dUz, dUn), ["dbh"] = Over(dbr, dbz, dbn), ["dbhn"] = dbu, ["dWhy"] = dV, ["dby"] = dbv,
            ["meta"] = """{"convention": "canonical", "cell": "gru", "loss": "cross-entropy", "reduction": "sum", "outputs": "every-step"}""",
        };
    }

    private static void Backward(
        double[][] x, int[] targets, double[] h0, double[][] r, double[][] z, double[][] m, double[][] n, double[][] h, double[][] p,
        double[][] Ur, double[][] Uz, double[][] Un, double[][] V, double[][] dWr, double[][] dWz, double[][] dWn, double[][] dUr, double[][] dUz, double[][] dUn, double[][] dV,
        double[] dbr, double[] dbz, double[] dbn, double[] dbu, double[] dbv)
    {
        int H = h0.Length, I = x[0].Length, O = V.Length;
        var dhNext = new double[H];
        for (var t = x.Length - 1; t >= 0; t--)
        {
            var hPrev = t > 0 ? h[t - 1] : h0;
            var dh = dhNext;
            for (var k = 0; k < O; k++)
            {
                var dy = p[t][k];
                if (k == targets[t])
                {
                    dy -= 1;
                }

                dbv[k] += dy;
                for (var i = 0; i < H; i++)
                {
                    dV[k][i] += dy * h[t][i];
                    dh[i] += dy * V[k][i];
                }
            }

            dhNext = new double[H];
            for (var i = 0; i < H; i++)
            {
                var dn = dh[i] * (1 - z[t][i]) * (1 - n[t][i] * n[t][i]);
                var dz = -dh[i] * (n[t][i] - hPrev[i]) * z[t][i] * (1 - z[t][i]);
                var dr = dn * m[t][i] * r[t][i] * (1 - r[t][i]);
                var dm = dn * r[t][i];
                dbn[i] += dn;
                dbz[i] += dz;
                dbr[i] += dr;
                dbu[i] += dm;
                for (var k = 0; k < I; k++)
                {
                    dWn[i][k] += dn * x[t][k];
                    dWz[i][k] += dz * x[t][k];
                    dWr[i][k] += dr * x[t][k];
                }

                dhNext[i] += dh[i] * z[t][i];
                for (var j = 0; j < H; j++)
                {
                    dUn[i][j] += dm * hPrev[j];
                    dUz[i][j] += dz * hPrev[j];
                    dUr[i][j] += dr * hPrev[j];
                    dhNext[j] += dm * Un[i][j];
                    dhNext[j] += dz * Uz[i][j];
                    dhNext[j] += dr * Ur[i][j];
                }
            }
        }
    }

    private static T[] Over<T>(params T[][] parts) => [.. parts.SelectMany(part => part)];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
