using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Experiments.Examples;

/// <summary>The program of <see cref="IdentityExample"/> with its mistake: the carry to step t is read from step t, not from step t + 1.</summary>
/// <remarks>
/// Rows, one sequence: <c>Hout = tanh(Xin·Wxh + Hout[t−1]·Whh + bhh)</c>, <c>Oout = Hout·Who + bho</c>, loss ½Σ(Oout − target)².
/// What is to be carried, dcdHin[t], has not been computed when it is read, and is zero: nothing is carried at all.
/// </remarks>
internal static class SameStepProgram
{
    /// <summary>The gradients that it computes.</summary>
    /// <param name="arrays">x and targets (T, 1, I), and the weights as rows.</param>
    public static NamedArrays Gradients(NamedArrays arrays)
    {
        var (wxh, whh, who) = (arrays.Get<double>("Wxh"), arrays.Get<double>("Whh"), arrays.Get<double>("Who"));
        var (xin, target) = (arrays.Get<double>("x"), arrays.Get<double>("targets"));
        var (steps, hidden) = (xin.Rows, whh.Rows);

        var hout = new NdArray<double>(steps, hidden);
        var dcdOin = new NdArray<double>(steps, who.Columns);
        for (var t = 0; t < steps; t++)
        {
            arrays.Get<double>("bhh").Span.CopyTo(hout.Row(t));
            AddProduct(xin.Row(t), wxh, hout.Row(t));
            AddProduct(t > 0 ? hout.Row(t - 1) : new double[hidden], whh, hout.Row(t));
            foreach (ref var h in hout.Row(t))
            {
                h = Math.Tanh(h);
            }

            arrays.Get<double>("bho").Span.CopyTo(dcdOin.Row(t));
            AddProduct(hout.Row(t), who, dcdOin.Row(t));
            for (var o = 0; o < who.Columns; o++)
            {
                dcdOin[t, o] -= target[t, o];
            }
        }

        var (dcdHout, dcdHin) = (new NdArray<double>(steps, hidden), new NdArray<double>(steps, hidden));
        for (var t = steps - 1; t >= 0; t--)
        {
            AddProduct(dcdOin.Row(t), who.Transpose(), dcdHout.Row(t));
            if (t < steps - 1)
            {
                AddProduct(dcdHin.Row(t), whh.Transpose(), dcdHout.Row(t)); // the mistake: dcdHin.Row(t + 1) is right
            }

            for (var j = 0; j < hidden; j++)
            {
                dcdHin[t, j] = (1 - (hout[t, j] * hout[t, j])) * dcdHout[t, j];
            }
        }

        return new()
        {
            { "dWxh", SumOfOuterProducts(xin.Reshape(steps, xin.Columns), dcdHin, shift: 0) },
            { "dWhh", SumOfOuterProducts(hout, dcdHin, shift: 1) },
            { "dbhh", SumOfRows(dcdHin) },
            { "dWho", SumOfOuterProducts(hout, dcdOin, shift: 0) },
            { "dbho", SumOfRows(dcdOin) },
        };
    }

    private static void AddProduct(ReadOnlySpan<double> row, NdArray<double> matrix, Span<double> sum)
    {
        for (var i = 0; i < row.Length; i++)
        {
            for (var j = 0; j < sum.Length; j++)
            {
                sum[j] += row[i] * matrix[i, j];
            }
        }
    }

    private static NdArray<double> SumOfOuterProducts(NdArray<double> left, NdArray<double> right, int shift)
    {
        var sum = new NdArray<double>(left.Columns, right.Columns);
        for (var t = 0; t + shift < left.Rows; t++)
        {
            for (var i = 0; i < left.Columns; i++)
            {
                for (var j = 0; j < right.Columns; j++)
                {
                    sum[i, j] += left[t, i] * right[t + shift, j];
                }
            }
        }

        return sum;
    }

    private static NdArray<double> SumOfRows(NdArray<double> rows)
    {
        var sum = new NdArray<double>(1, rows.Columns);
        for (var t = 0; t < rows.Rows; t++)
        {
            for (var j = 0; j < rows.Columns; j++)
            {
                sum.Data[j] += rows[t, j];
            }
        }

        return sum;
    }
}
