using System;
using System.Collections.Generic;
using System.Linq;

namespace RnnCompare.Programs;

/// <summary>All deltas first, the sums after them, each in a loop of its own: relu over one sequence, cross-entropy, the mean over steps.</summary>
internal static class ReluDeltas
{
    public static Dictionary<string, object> Run(int seed)
    {
        var random = new Random(seed);
        int T = random.Next(4, 8), I = random.Next(2, 5), H = random.Next(5, 8), O = random.Next(3, 5);
        double[] Vector(int size) => [.. Enumerable.Range(0, size).Select(_ => random.NextDouble() - 0.4)];
        double[][] Draw(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => Vector(columns))];
        double[][] Wxh = Draw(I, H), Whh = Draw(H, H), Who = Draw(H, O), X = Draw(T, I);
        double[] bhh = Vector(H), bho = Vector(O);
        var labels = Enumerable.Range(0, T).Select(_ => random.Next(O)).ToArray();
        double[][] hs = new double[T][], ps = new double[T][];
        for (var t = 0; t < T; t++)
        {
            var previous = t == 0 ? new double[H] : hs[t - 1];
            hs[t] = [.. Enumerable.Range(0, H).Select(j => Math.Max(0, bhh[j] + Enumerable.Range(0, I).Sum(i => X[t][i] * Wxh[i][j]) + Enumerable.Range(0, H).Sum(i => previous[i] * Whh[i][j])))];
            var e = Enumerable.Range(0, O).Select(o => Math.Exp(bho[o] + Enumerable.Range(0, H).Sum(j => hs[t][j] * Who[j][o]))).ToArray();
            ps[t] = [.. e.Select(value => value / e.Sum())];
        }

        var gradients = BackwardPass(X, labels, hs, ps, Whh, Who);
        Dictionary<string, object> saved = new()
        {
            ["Wxh"] = Wxh, ["Whh"] = Whh, ["Who"] = Who, ["bhh"] = bhh, ["bho"] = bho, ["x"] = X, ["targets"] = labels, ["h"] = hs, ["p"] = ps,
            ["loss"] = Enumerable.Range(0, T).Sum(t => -Math.Log(ps[t][labels[t]])) / T,
            ["meta"] = """{"convention": "row", "cell": "relu", "loss": "cross-entropy", "reduction": "mean", "outputs": "every-step"}""",
        };
        foreach (var (name, values) in gradients)
        {
            saved["d" + name] = values;
        }

        return saved;
    }

    private static Dictionary<string, object> BackwardPass(double[][] X, int[] labels, double[][] hs, double[][] ps, double[][] Whh, double[][] Who)
    {
        int T = X.Length, I = X[0].Length, H = Whh.Length, O = Who[0].Length;
        double[][] dy = Zeros(T, O), dh = Zeros(T, H), dz = Zeros(T, H);
        for (var t = 0; t < T; t++)
        {
            for (var o = 0; o < O; o++)
            {
                dy[t][o] = (ps[t][o] - (o == labels[t] ? 1 : 0)) / T;
            }
        }

        for (var t = T - 1; t >= 0; t--)
        {
            for (var j = 0; j < H; j++)
            {
                for (var o = 0; o < O; o++)
                {
                    dh[t][j] += dy[t][o] * Who[j][o];
                }

                if (t < T - 1)
                {
                    for (var k = 0; k < H; k++)
                    {
                        dh[t][j] += dz[t + 1][k] * Whh[j][k];
                    }
                }

                dz[t][j] = hs[t][j] > 0 ? dh[t][j] : 0;
            }
        }

        double[][] dWxh = Zeros(I, H), dWhh = Zeros(H, H), dWho = Zeros(H, O);
        double[] dbhh = new double[H], dbho = new double[O];
        for (var t = 0; t < T; t++)
        {
            for (var j = 0; j < H; j++)
            {
                dbhh[j] += dz[t][j];
                for (var i = 0; i < I; i++)
                {
                    dWxh[i][j] += X[t][i] * dz[t][j];
                }
            }

            for (var o = 0; o < O; o++)
            {
                dbho[o] += dy[t][o];
                for (var j = 0; j < H; j++)
                {
                    dWho[j][o] += hs[t][j] * dy[t][o];
                }
            }
        }

        for (var t = 1; t < T; t++)
        {
            for (var i = 0; i < H; i++)
            {
                for (var j = 0; j < H; j++)
                {
                    dWhh[i][j] += hs[t - 1][i] * dz[t][j];
                }
            }
        }

        return new() { ["Wxh"] = dWxh, ["Whh"] = dWhh, ["Who"] = dWho, ["bhh"] = dbhh, ["bho"] = dbho };
    }

    private static double[][] Zeros(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => new double[columns])];
}
