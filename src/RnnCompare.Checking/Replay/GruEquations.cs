using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>h_t = (1 − z) ⊙ n + z ⊙ h_{t−1}; gates r, z, n; the reset gate after the hidden product or before it.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class GruEquations<T>(bool resetAfter, bool updateInverted, NdArray<T>? bhn, Arithmetic<T> arithmetic) : CellEquations<T>(arithmetic)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int N = 2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(LayerTape<T> tape, int t, NdArray<T> c)
    {
        var (size, batch) = (tape.HiddenSize, tape.BatchSize);
        var Whh = tape.Whh.View();
        var z = new MatrixView<T>(tape.Z.Step(t), batch, 3 * size);
        Arithmetic.AddProduct(new(tape.HPrevious.Step(t), batch, size), Whh.RowRange(0, N * size).Transposed, z.ColumnRange(0, N * size));
        for (var row = t * batch; row < (t + 1) * batch; row++)
        {
            for (var j = 0; j < N * size; j++)
            {
                tape.Gates[row, j] = Sigmoid(tape.Z[row, j]);
            }
        }

        Arithmetic.Wobble(tape.Gates.Step(t));
        InnerValue(tape, t, tape.Inner.Step(t), resetAfter);
        if (!resetAfter)
        {
            Arithmetic.AddProduct(new(tape.Inner.Step(t), batch, size), Whh.RowRange(N * size, size).Transposed, z.ColumnRange(N * size, size));
        }

        for (var row = t * batch; row < (t + 1) * batch; row++)
        {
            for (var j = 0; j < size; j++)
            {
                ref var zn = ref tape.Z[row, (N * size) + j];
                zn += resetAfter ? tape.Gates[row, j] * tape.Inner[row, j] : bhn?.Data[j] ?? T.Zero;
                var n = tape.Gates[row, (N * size) + j] = T.Tanh(zn);
                var update = updateInverted ? T.One - tape.Gates[row, size + j] : tape.Gates[row, size + j];
                tape.H[row, j] = ((T.One - update) * n) + (update * tape.HPrevious[row, j]);
            }
        }

        Arithmetic.Wobble(tape.H.Step(t));
    }

    public override void Backward(LayerTape<T> tape, int t, StepAdjoints<T> state, RecurrenceVariant variant, LayerAdjoints<T> adjoints, StepAdjoints<T> previous)
    {
        var (size, batch, after) = (tape.HiddenSize, tape.BatchSize, IsResetAfter(variant));
        var m = new NdArray<T>(batch, size);
        var u = new NdArray<T>(batch, 3 * size); // what goes through Whh to the state before
        InnerValue(tape, t, m.Span, after);
        for (var b = 0; b < batch; b++)
        {
            BackwardState(tape, (t * batch) + b, state.dh.Row(b), variant, adjoints.dz.Row((t * batch) + b), u.Row(b), previous.dh.Row(b));
        }

        var dm = new NdArray<T>(batch, size);
        if (!after)
        {
            // dm = dz_n·Whn, the adjoint of r ⊙ h_{t−1}
            AddCarry(tape, new(adjoints.dz.Step(t), batch, 3 * size), N, 1, variant, dm);
        }

        for (var b = 0; b < batch; b++)
        {
            BackwardReset(tape, (t * batch) + b, after, m.Row(b), variant, adjoints.dz.Row((t * batch) + b), dm.Row(b), u.Row(b));
        }

        dm.Span.CopyTo(adjoints.dm.Step(t));
        Arithmetic.Wobble(adjoints.dz.Step(t));
        Arithmetic.Wobble(adjoints.dm.Step(t));
        AddCarry(tape, u.View(), 0, after ? 3 : 2, variant, previous.dh);
        if (!after && variant.Reset != ResetPath.ProductMissing)
        {
            AddResetProduct(tape, t, u, variant, previous.dh);
        }
    }

    public override NdArray<T> RecurrentOperand(LayerTape<T> tape, int gate, NdArray<T> h, RecurrenceVariant variant)
    {
        if (gate != N || IsResetAfter(variant))
        {
            return h;
        }

        var product = new NdArray<T>([.. h.Shape]);
        for (var row = 0; row < h.Rows; row++)
        {
            for (var j = 0; j < h.Columns; j++)
            {
                product[row, j] = tape.Gates[row, j] * h[row, j];
            }
        }

        return product;
    }

    public override bool UsesInnerAdjoint(int gate, RecurrenceVariant variant) => gate == N && IsResetAfter(variant);

    private bool IsResetAfter(RecurrenceVariant variant) => resetAfter != variant.OtherReset;

    // dz_z, dz_n and what passes h_{t−1} directly.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardState(LayerTape<T> tape, int row, ReadOnlySpan<T> dh, RecurrenceVariant variant, Span<T> dz, Span<T> u, Span<T> dhPrevious)
    {
        var size = dh.Length;
        ReadOnlySpan<T> z = tape.Gates.Row(row)[size..(2 * size)];
        ReadOnlySpan<T> n = tape.Gates.Row(row)[(2 * size)..];
        ReadOnlySpan<T> hPrevious = tape.HPrevious.Row(row);
        var inverted = updateInverted != (variant.Update == UpdateGate.Inverted);
        var negated = inverted != (variant.Update == UpdateGate.SignFlipped);
        var slopeZ = Slope<T>.Of(Slope<T>.OfSigmoid, 1, variant);
        var slopeN = Slope<T>.Of(Slope<T>.OfTanh, N, variant);
        for (var j = 0; j < size; j++)
        {
            var share = inverted ? T.One - z[j] : z[j];
            var dn = dh[j] * (T.One - share);
            var du = dh[j] * (negated ? n[j] - hPrevious[j] : hPrevious[j] - n[j]);
            dz[(N * size) + j] = dn * slopeN.At(n[j]);
            dz[size + j] = du * slopeZ.At(z[j]);
            u[(N * size) + j] = variant.CarryBeforeDerivative ? dn : dz[(N * size) + j];
            u[size + j] = variant.CarryBeforeDerivative ? du : dz[size + j];
            dhPrevious[j] = variant.DirectPathMissing ? T.Zero : dh[j] * share;
        }
    }

    // dz_r and, where the reset gate comes after the product, dm.
    private static void BackwardReset(LayerTape<T> tape, int row, bool after, ReadOnlySpan<T> m, RecurrenceVariant variant, Span<T> dz, Span<T> dm, Span<T> u)
    {
        var size = m.Length;
        ReadOnlySpan<T> r = tape.Gates.Row(row)[..size];
        ReadOnlySpan<T> hPrevious = tape.HPrevious.Row(row);
        var slope = Slope<T>.Of(Slope<T>.OfSigmoid, 0, variant);
        for (var j = 0; j < size; j++)
        {
            var dr = after ? dz[(N * size) + j] * m[j] : dm[j] * hPrevious[j];
            dz[j] = dr * slope.At(r[j]);
            u[j] = variant.Reset == ResetPath.GateMissing ? T.Zero : variant.CarryBeforeDerivative ? dr : dz[j];
            if (after)
            {
                dm[j] = dz[(N * size) + j] * r[j];
                u[(N * size) + j] *= r[j];
            }
        }
    }

    // dh_{t−1} += (u_n·Whn) ⊙ r
    private void AddResetProduct(LayerTape<T> tape, int t, NdArray<T> u, RecurrenceVariant variant, NdArray<T> dh)
    {
        var product = new NdArray<T>([.. dh.Shape]);
        AddCarry(tape, u.View(), N, 1, variant, product);
        for (var b = 0; b < dh.Rows; b++)
        {
            for (var j = 0; j < dh.Columns; j++)
            {
                dh[b, j] += product[b, j] * tape.Gates[(t * dh.Rows) + b, j];
            }
        }
    }

    // m = h_{t−1}·Whnᵀ + bhn where the reset gate comes after the product, r ⊙ h_{t−1} where it comes before.
    private void InnerValue(LayerTape<T> tape, int t, Span<T> m, bool after)
    {
        var (size, batch) = (tape.HiddenSize, tape.BatchSize);
        for (var i = 0; i < m.Length; i++)
        {
            var (b, j) = int.DivRem(i, size);
            var row = (t * batch) + b;
            m[i] = after ? bhn?.Data[j] ?? T.Zero : tape.Gates[row, j] * tape.HPrevious[row, j];
        }

        if (after)
        {
            Arithmetic.AddProduct(new(tape.HPrevious.Step(t), batch, size), tape.Whh.View().RowRange(N * size, size).Transposed, new(m, batch, size));
        }
    }
}
