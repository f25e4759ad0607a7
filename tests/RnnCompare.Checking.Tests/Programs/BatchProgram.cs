using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;
using static RnnCompare.Checking.Tests.Programs.Arrays;

namespace RnnCompare.Checking.Tests.Programs;

/// <summary>
/// A many-to-many network over batches with W1 (I, H), W2 (H, H), W3 (O, H), as tutorials write it, with its mistakes: the state
/// before the first step is <c>h[-1]</c>, the sums of biases share a name with the step's, W2 is not transposed on the way back,
/// and the loss is the logarithm of summed probabilities.
/// </summary>
internal sealed class BatchProgram
{
    private const int T = 4, B = 2, I = 3, H = 5, O = 3;
    private readonly double[][] _w1, _w2, _w3;
    private readonly double[] _bh, _bo;
    private readonly double[][][] _x, _labels; // [t][b][i]
    private readonly double[][][] _h = new double[T][][], _p = new double[T][][];

    public BatchProgram()
    {
        var random = new NumpyLegacyRandom(1);
        (_w1, _w2, _w3) = (Of(random.Randn(I, H)), Of(random.Randn(H, H)), Of(random.Randn(O, H)));
        (_bh, _bo) = (random.Randn(H).Data, random.Randn(O).Data);
        (_x, _labels) = (ByTime(random.Rand(B, T, I)), ByTime(random.Rand(B, T, I)));
        var h = Zeros(B, H);
        for (var t = 0; t < T; t++)
        {
            _h[t] = h = [.. PlusRow(Plus(Dot(_x[t], _w1), Dot(h, _w2)), _bh).Select(row => row.Select(Math.Tanh).ToArray())];
            _p[t] = [.. PlusRow(Dot(h, Transposed(_w3)), _bo).Select(Softmax)];
        }

        Backward();
    }

    public double[][] dW1 { get; private set; } = Zeros(I, H);

    public double[][] dW2 { get; private set; } = Zeros(H, H);

    public double[][] dW3 { get; private set; } = Zeros(O, H);

    public double[] dbh { get; private set; } = new double[H];

    public double[] dbo { get; private set; } = new double[O];

    public double[][] dhPrevious { get; private set; } = Zeros(B, H);

    public double Loss { get; private set; }

    public Prototype Prototype(bool withLoss)
    {
        var spec = new RnnSpec { Cell = RnnCell.Tanh, InputSize = I, HiddenSize = H, OutputSize = O, Reduction = Reduction.Sum };
        var weights = new RnnWeights<double>(spec);
        Copy(ToNdArray(Transposed(_w1)), weights.Wxh);
        Copy(ToNdArray(Transposed(_w2)), weights.Whh);
        Copy(ToNdArray(_w3), weights.Why);
        _bh.CopyTo(weights.bh.Data, 0);
        _bo.CopyTo(weights.by.Data, 0);
        var claims = new TensorSet(spec);
        claims.Add("dWxh", ToNdArray(Transposed(dW1)));
        claims.Add("dWhh", ToNdArray(Transposed(dW2)));
        claims.Add("dWhy", ToNdArray(dW3));
        claims.Add("dbh", new NdArray<double>(dbh, H));
        claims.Add("dby", new NdArray<double>(dbo, O));
        claims.Add("dh0", ToNdArray(dhPrevious).Reshape(1, B, H));
        if (withLoss)
        {
            claims.Add("loss", new NdArray<double>([Loss]));
        }

        return new()
        {
            Weights = weights,
            Batch = new()
            {
                Inputs = new(new NdArray<double>([.. _x.SelectMany(step => step.SelectMany(row => row))], T, B, I)),
                Targets = new(new NdArray<long>([.. _labels.SelectMany(step => step.Select(row => (long)Array.IndexOf(row, row.Max())))], T, B)),
            },
            Claims = claims,
            Naming = new NumberedNaming(),
        };
    }

    private void Backward()
    {
        for (var t = T - 1; t >= 0; t--)
        {
            var previous = _h[(t + T - 1) % T];
            var e = _p[t].Select(row => row.ToArray()).ToArray();
            var summed = 0.0;
            for (var b = 0; b < B; b++)
            {
                var target = Array.IndexOf(_labels[t][b], _labels[t][b].Max());
                summed += e[b][target];
                e[b][target] -= 1;
            }

            var dh = Plus(Dot(e, _w3), dhPrevious);
            var dz = Zip(_h[t], dh, (h, d) => (1 - (h * h)) * d);
            (dW1, dW2, dW3) = (Plus(dW1, Dot(Transposed(_x[t]), dz)), Plus(dW2, Dot(Transposed(previous), dz)), Plus(dW3, Dot(Transposed(e), _h[t])));
            (dbh, dbo) = (SumOfRows(dz), SumOfRows(e));
            (dbh, dbo) = ([.. dbh.Select(x => x + x)], [.. dbo.Select(x => x + x)]);
            dhPrevious = Dot(dz, _w2);
            Loss -= Math.Log(summed);
        }
    }

    private static double[] Softmax(double[] y)
    {
        var exp = y.Select(value => Math.Exp(value - y.Max())).ToArray();
        return [.. exp.Select(value => value / exp.Sum())];
    }

    private static double[][][] ByTime(NdArray<double> batchFirst)
    {
        var rows = Of(batchFirst);
        return [.. Enumerable.Range(0, T).Select(t => Enumerable.Range(0, B).Select(b => rows[(b * T) + t]).ToArray())];
    }

    private static void Copy(NdArray<double> source, NdArray<double> destination) => source.Span.CopyTo(destination.Span);

    private sealed class NumberedNaming : ITensorNaming
    {
        private static readonly Dictionary<string, string> Names = new() { ["Wxh"] = "W1", ["Whh"] = "W2", ["Why"] = "W3", ["bh"] = "bh", ["by"] = "bo" };

        public string NameOf(string name) => Names.GetValueOrDefault(name) ?? (name.StartsWith('d') && Names.TryGetValue(name[1..], out var own) ? "d" + own : name);

        public bool IsTransposed(string name) => name is "Wxh" or "Whh";

        public IReadOnlyList<int> IndexOf(string name, IReadOnlyList<int> index) => name is "dWxh" or "dWhh" ? [.. index.Reverse()] : index;
    }
}
