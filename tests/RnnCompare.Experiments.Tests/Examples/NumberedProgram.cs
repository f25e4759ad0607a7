using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Experiments.Tests.Examples;

/// <summary>The Persian course's network as plain loops, one sequence after the other: right, or with any of its mistakes.</summary>
internal static class NumberedProgram
{
    /// <summary>The gradients dW1, dW2, dW3, dbh, dbo and dh0 of the summed cross-entropy.</summary>
    /// <param name="arrays">W1 (I, H), W2 (H, H), W3 (O, H), bh, bo, x (B, T, I) and one-hot targets (B, T, O).</param>
    /// <param name="mistakes">The mistakes of the backward pass.</param>
    public static NamedArrays Gradients(NamedArrays arrays, NumberedMistakes mistakes)
    {
        var (w1, w2, w3) = (arrays.Get<double>("W1"), arrays.Get<double>("W2"), arrays.Get<double>("W3"));
        var (bh, bo) = (arrays.Get<double>("bh").Data, arrays.Get<double>("bo").Data);
        var (x, targets) = (arrays.Get<double>("x"), arrays.Get<double>("targets"));
        var (batch, steps, hidden) = (x.Shape[0], x.Shape[1], w2.Rows);
        var (dW1, dW2, dW3) = (new NdArray<double>(w1.Rows, hidden), new NdArray<double>(hidden, hidden), new NdArray<double>(w3.Rows, hidden));
        var (dbh, dbo, dh0) = (new double[hidden], new double[w3.Rows], new NdArray<double>(batch, hidden));

        for (var b = 0; b < batch; b++)
        {
            var h = new double[steps][];
            for (var t = 0; t < steps; t++)
            {
                h[t] = [.. Enumerable.Range(0, hidden).Select(j => Math.Tanh(
                    Column(x.Row((b * steps) + t), w1, j) + (t > 0 ? Column(h[t - 1], w2, j) : 0) + bh[j]))];
            }

            var carried = new double[hidden];
            for (var t = steps - 1; t >= 0; t--)
            {
                var before = t > 0 ? h[t - 1] : mistakes.HasFlag(NumberedMistakes.StateWrapsAround) ? h[steps - 1] : new double[hidden];
                var exponentials = Enumerable.Range(0, bo.Length).Select(o => Math.Exp(Row(h[t], w3, o) + bo[o])).ToArray();
                var e = exponentials.Select((value, o) => (value / exponentials.Sum()) - targets[(b * steps) + t, o]).ToArray();
                var dtanh = Enumerable.Range(0, hidden).Select(j => (1 - (h[t][j] * h[t][j])) * (Column(e, w3, j) + carried[j])).ToArray();
                AddOuter(x.Row((b * steps) + t), dtanh, dW1);
                AddOuter(before, dtanh, dW2);
                AddOuter(e, h[t], dW3);
                AddBias(dtanh, dbh, t);
                AddBias(e, dbo, t);
                carried = [.. Enumerable.Range(0, hidden).Select(j =>
                    mistakes.HasFlag(NumberedMistakes.CarryNotTransposed) ? Column(dtanh, w2, j) : Row(dtanh, w2, j))];
            }

            carried.CopyTo(dh0.Row(b));
        }

        return new() { { "dW1", dW1 }, { "dW2", dW2 }, { "dW3", dW3 }, { "dbh", new NdArray<double>(dbh, hidden) }, { "dbo", new NdArray<double>(dbo, dbo.Length) }, { "dh0", dh0 } };

        // Of dbh += dbh, where the name on the right is that of the step, the step visited last remains, twice.
        void AddBias(double[] delta, double[] sum, int t)
        {
            for (var j = 0; j < sum.Length; j++)
            {
                sum[j] += !mistakes.HasFlag(NumberedMistakes.BiasDoubled) ? delta[j] : t == 0 ? 2 * delta[j] : 0;
            }
        }
    }

    // v·M, element j
    private static double Column(ReadOnlySpan<double> vector, NdArray<double> matrix, int j)
    {
        var sum = 0.0;
        for (var i = 0; i < vector.Length; i++)
        {
            sum += vector[i] * matrix[i, j];
        }

        return sum;
    }

    // v·Mᵀ, element i
    private static double Row(ReadOnlySpan<double> vector, NdArray<double> matrix, int i)
    {
        var sum = 0.0;
        for (var j = 0; j < vector.Length; j++)
        {
            sum += vector[j] * matrix[i, j];
        }

        return sum;
    }

    private static void AddOuter(ReadOnlySpan<double> left, ReadOnlySpan<double> right, NdArray<double> sum)
    {
        for (var i = 0; i < left.Length; i++)
        {
            for (var j = 0; j < right.Length; j++)
            {
                sum[i, j] += left[i] * right[j];
            }
        }
    }
}
