using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Models;
using RnnCompare.Numerics;
using static RnnCompare.Checking.Tests.Programs.Arrays;

namespace RnnCompare.Checking.Tests.Programs;

/// <summary>Sequences of three lengths in one batch padded with zeros, all of whose steps are run; cross-entropy, the mean over the steps that count.</summary>
internal static class PaddedProgram
{
    private const int T = 5, B = 3, I = 2, H = 6, O = 4;
    private static readonly int[] Lengths = [5, 2, 3];

    /// <summary>Runs it.</summary>
    /// <param name="countsPadding">Whether dy is left as it is past the ends; the loss is not.</param>
    /// <param name="rolls">Whether dy looks at the targets of the next step, the padded batch rolled by one.</param>
    public static Prototype Run(bool countsPadding = false, bool rolls = false)
    {
        var random = new Random(5);
        double[][] Draw(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => random.NextDouble() - 0.5).ToArray())];
        var (wxh, whh, why, bh, by) = (Draw(H, I), Draw(H, H), Draw(O, H), Draw(1, H)[0], Draw(1, O)[0]);
        var x = Enumerable.Range(0, T).Select(t => Draw(B, I).Select((row, b) => t < Lengths[b] ? row : new double[I]).ToArray()).ToArray();
        var targets = Enumerable.Range(0, T).Select(t => Enumerable.Range(0, B).Select(b => t < Lengths[b] ? random.Next(1, O) : 0).ToArray()).ToArray();

        var (h, p, loss) = (new double[T + 1][][], new double[T][][], 0.0);
        h[0] = Zeros(B, H);
        for (var t = 0; t < T; t++)
        {
            h[t + 1] = [.. PlusRow(Plus(Dot(x[t], Transposed(wxh)), Dot(h[t], Transposed(whh))), bh).Select(row => row.Select(Math.Tanh).ToArray())];
            p[t] = [.. PlusRow(Dot(h[t + 1], Transposed(why)), by).Select(row => row.Select(Math.Exp).ToArray()).Select(row => row.Select(value => value / row.Sum()).ToArray())];
            loss -= Enumerable.Range(0, B).Sum(b => t < Lengths[b] ? Math.Log(p[t][b][targets[t][b]]) / Lengths.Sum() : 0);
        }

        var (dWxh, dWhh, dWhy, dbh, dby, carry) = (Zeros(H, I), Zeros(H, H), Zeros(O, H), new double[H], new double[O], Zeros(B, H));
        for (var t = T - 1; t >= 0; t--)
        {
            var wanted = targets[rolls ? (t + 1) % T : t];
            double[][] dy = [.. p[t].Select((row, b) => row.Select((value, o) => t < Lengths[b] || countsPadding ? (value - (o == wanted[b] ? 1 : 0)) / Lengths.Sum() : 0).ToArray())];
            var dz = Zip(Plus(Dot(dy, why), carry), h[t + 1], (d, value) => d * (1 - (value * value)));
            (dWxh, dWhh, dWhy) = (Plus(dWxh, Dot(Transposed(dz), x[t])), Plus(dWhh, Dot(Transposed(dz), h[t])), Plus(dWhy, Dot(Transposed(dy), h[t + 1])));
            (dbh, dby) = ([.. dbh.Zip(SumOfRows(dz), (a, b) => a + b)], [.. dby.Zip(SumOfRows(dy), (a, b) => a + b)]);
            carry = Dot(dz, whh);
        }

        var spec = new RnnSpec { Cell = RnnCell.Tanh, InputSize = I, HiddenSize = H, OutputSize = O };
        var weights = new RnnWeights<double>(spec);
        ToNdArray(wxh).Span.CopyTo(weights.Wxh.Span);
        ToNdArray(whh).Span.CopyTo(weights.Whh.Span);
        ToNdArray(why).Span.CopyTo(weights.Why.Span);
        bh.CopyTo(weights.bh.Data, 0);
        by.CopyTo(weights.by.Data, 0);
        var claims = new TensorSet(spec);
        claims.Add("loss", new NdArray<double>([loss]));
        claims.Add("dWxh", ToNdArray(dWxh));
        claims.Add("dWhh", ToNdArray(dWhh));
        claims.Add("dWhy", ToNdArray(dWhy));
        claims.Add("dbh", new NdArray<double>(dbh, H));
        claims.Add("dby", new NdArray<double>(dby, O));
        return new()
        {
            Weights = weights,
            Batch = new()
            {
                Inputs = new(new NdArray<double>([.. x.SelectMany(step => step.SelectMany(row => row))], T, B, I)),
                Targets = new(new NdArray<long>([.. targets.SelectMany(step => step.Select(target => (long)target))], T, B)),
                Lengths = Lengths,
            },
            Claims = claims,
        };
    }
}
