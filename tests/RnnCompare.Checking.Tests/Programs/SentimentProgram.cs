using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Models;
using RnnCompare.Numerics;
using static RnnCompare.Checking.Tests.Programs.Arrays;

namespace RnnCompare.Checking.Tests.Programs;

/// <summary>Many words to one of two classes, columns for vectors, weights divided by 1000; on the way back Whh is not transposed.</summary>
internal static class SentimentProgram
{
    private const int Vocabulary = 18, H = 64, Classes = 2;

    public static Prototype Run(bool transposed)
    {
        var random = new Random(5);
        double[][] Draw(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => (random.NextDouble() + random.NextDouble() - 1) / 1000).ToArray())];
        var (wxh, whh, why) = (Draw(H, Vocabulary), Draw(H, H), Draw(Classes, H));
        int[] words = [3, 17, 0, 8, 3, 11];
        var states = new List<double[][]> { Zeros(H, 1) };
        foreach (var word in words)
        {
            var z = Plus(Dot(wxh, OneHot(word)), Dot(whh, states[^1]));
            states.Add([.. z.Select(row => new[] { Math.Tanh(row[0]) })]);
        }

        var y = Dot(why, states[^1]);
        var sum = y.Sum(row => Math.Exp(row[0]));
        double[][] dy = [.. y.Select((row, i) => new[] { (Math.Exp(row[0]) / sum) - (i == 1 ? 1 : 0) })];
        var (dwxh, dwhh, dbh) = (Zeros(H, Vocabulary), Zeros(H, H), Zeros(H, 1));
        var dh = Dot(Transposed(why), dy);
        for (var t = words.Length - 1; t >= 0; t--)
        {
            var temp = Zip(states[t + 1], dh, (h, d) => (1 - (h * h)) * d);
            dbh = Plus(dbh, temp);
            dwhh = Plus(dwhh, Dot(temp, Transposed(states[t])));
            dwxh = Plus(dwxh, Dot(temp, Transposed(OneHot(words[t]))));
            dh = Dot(transposed ? Transposed(whh) : whh, temp);
        }

        var spec = new RnnSpec { Cell = RnnCell.Tanh, InputSize = Vocabulary, HiddenSize = H, OutputSize = Classes, Outputs = OutputMode.LastStep };
        var weights = new RnnWeights<double>(spec);
        ToNdArray(wxh).Span.CopyTo(weights.Wxh.Span);
        ToNdArray(whh).Span.CopyTo(weights.Whh.Span);
        ToNdArray(why).Span.CopyTo(weights.Why.Span);
        var claims = new TensorSet(spec);
        claims.Add("dWxh", ToNdArray(dwxh));
        claims.Add("dWhh", ToNdArray(dwhh));
        claims.Add("dWhy", ToNdArray(Dot(dy, Transposed(states[^1]))));
        claims.Add("dbh", ToNdArray(dbh).Reshape(H));
        claims.Add("dby", ToNdArray(dy).Reshape(Classes));
        return new()
        {
            Weights = weights,
            Batch = new() { Inputs = new(new NdArray<long>([.. words.Select(word => (long)word)], words.Length, 1)), Targets = new(new NdArray<long>([1], 1)) },
            Claims = claims,
        };
    }

    private static double[][] OneHot(int word) => [.. Enumerable.Range(0, Vocabulary).Select(i => new[] { i == word ? 1.0 : 0 })];
}
