using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Models;
using RnnCompare.Numerics;
using static RnnCompare.Checking.Tests.Programs.Arrays;

namespace RnnCompare.Checking.Tests.Programs;

/// <summary>One sequence, x = targets = the unit matrix, squared error; on the way back it adds the delta of the same step, which is still zero.</summary>
internal static class IdentityProgram
{
    private const int Size = 5, H = 8;

    public static Prototype Run(bool rightIndex)
    {
        var random = new Random(3);
        double[][] Draw(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => random.NextDouble() - 0.5).ToArray())];
        var (wxh, whh, who) = (Draw(Size, H), Draw(H, H), Draw(H, Size));
        var (bhh, bho) = (Draw(1, H)[0], Draw(1, Size)[0]);
        double[][] eye = [.. Enumerable.Range(0, Size).Select(i => Enumerable.Range(0, Size).Select(j => i == j ? 1.0 : 0).ToArray())];
        var h = Zeros(Size, H);
        for (var t = 0; t < Size; t++)
        {
            double[][] last = t == 0 ? Zeros(1, H) : [h[t - 1]];
            h[t] = [.. PlusRow(Plus(Dot([eye[t]], wxh), Dot(last, whh)), bhh)[0].Select(Math.Tanh)];
        }

        var error = Zip(PlusRow(Dot(h, who), bho), eye, (y, target) => y - target);
        var (dh, dz) = (Dot(error, Transposed(who)), Zeros(Size, H));
        for (var t = Size - 1; t >= 0; t--)
        {
            var delta = rightIndex ? (t + 1 < Size ? dz[t + 1] : new double[H]) : dz[t];
            dh[t] = Plus([dh[t]], Dot([delta], Transposed(whh)))[0];
            dz[t] = Zip([h[t]], [dh[t]], (value, d) => (1 - (value * value)) * d)[0];
        }

        var spec = new RnnSpec { Cell = RnnCell.Tanh, InputSize = Size, HiddenSize = H, OutputSize = Size, Loss = LossKind.SquaredError, Reduction = Reduction.Sum };
        var weights = new RnnWeights<double>(spec);
        ToNdArray(Transposed(wxh)).Span.CopyTo(weights.Wxh.Span);
        ToNdArray(Transposed(whh)).Span.CopyTo(weights.Whh.Span);
        ToNdArray(Transposed(who)).Span.CopyTo(weights.Why.Span);
        bhh.CopyTo(weights.bh.Data, 0);
        bho.CopyTo(weights.by.Data, 0);
        var claims = new TensorSet(spec);
        claims.Add("dWxh", ToNdArray(Dot(Transposed(dz), eye)));
        claims.Add("dWhh", ToNdArray(Dot(Transposed(dz[1..]), h[..^1])));
        claims.Add("dWhy", ToNdArray(Dot(Transposed(error), h)));
        claims.Add("dbh", new NdArray<double>(SumOfRows(dz), H));
        claims.Add("dby", new NdArray<double>(SumOfRows(error), Size));
        return new()
        {
            Weights = weights,
            Batch = new() { Inputs = new(ToNdArray(eye).Reshape(Size, 1, Size)), Targets = new(ToNdArray(eye).Reshape(Size, 1, Size)) },
            Claims = claims,
        };
    }
}
