using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>h_t = (1 − z) ⊙ n + z ⊙ h_{t−1}; gates r, z, n; the reset gate after the hidden product or before it.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class GruEquations<T>(bool resetAfter, bool updateInverted, NdArray<T>? bhn, Arithmetic<T> arithmetic) : CellEquations<T>(arithmetic)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int N = 2;

    public override void Forward(LayerTape<T> tape, int t, NdArray<T> c)
    {
        var (size, batch) = (tape.HiddenSize, tape.BatchSize);
        var Whh = tape.Whh.View();
        var z = new MatrixView<T>(tape.Z.Step(t), batch, 3 * size);
        var hPrevious = new MatrixView<T>(tape.HPrevious.Step(t), batch, size);
        var m = new MatrixView<T>(tape.Inner.Step(t), batch, size);
        Arithmetic.AddProduct(hPrevious, Whh.RowRange(0, N * size).Transposed, z.ColumnRange(0, N * size));
        var gates = new MatrixView<T>(tape.Gates.Step(t), batch, 3 * size);
        for (var b = 0; b < batch; b++)
        {
            for (var j = 0; j < N * size; j++)
            {
                gates[b, j] = Sigmoid(z[b, j]);
            }
        }

        Arithmetic.Wobble(tape.Gates.Step(t));
        InnerValue(tape, t, m, resetAfter);
        if (!resetAfter)
        {
            Arithmetic.AddProduct(m, Whh.RowRange(N * size, size).Transposed, z.ColumnRange(N * size, size));
        }

        for (var b = 0; b < batch; b++)
        {
            for (var j = 0; j < size; j++)
            {
                ref var zn = ref z[b, (N * size) + j];
                zn += resetAfter ? gates[b, j] * m[b, j] : bhn?.Data[j] ?? T.Zero;
                var n = gates[b, (N * size) + j] = T.Tanh(zn);
                var update = updateInverted ? T.One - gates[b, size + j] : gates[b, size + j];
                tape.H[(t * batch) + b, j] = ((T.One - update) * n) + (update * hPrevious[b, j]);
            }
        }

        Arithmetic.Wobble(tape.H.Step(t));
    }

    public override void Backward(LayerTape<T> tape, int t, StepAdjoints<T> state, RecurrenceVariant variant, LayerAdjoints<T> adjoints, StepAdjoints<T> previous)
    {
        var (size, batch, after) = (tape.HiddenSize, tape.BatchSize, IsResetAfter(variant));
        var inverted = updateInverted != (variant.Update == UpdateGate.Inverted);
        var gates = new MatrixView<T>(tape.Gates.Step(t), batch, 3 * size);
        var hPrevious = new MatrixView<T>(tape.HPrevious.Step(t), batch, size);
        var dz = new MatrixView<T>(adjoints.dz.Step(t), batch, 3 * size);
        var dm = new MatrixView<T>(adjoints.dm.Step(t), batch, size);
        var m = new NdArray<T>(batch, size);
        var u = new NdArray<T>(batch, 3 * size); // what goes through Whh to the state before
        InnerValue(tape, t, m.View(), after);
        previous.dh.Span.Clear();
        for (var b = 0; b < batch; b++)
        {
            for (var j = 0; j < size; j++)
            {
                var (z, n, dh) = (gates[b, size + j], gates[b, (N * size) + j], state.dh[b, j]);
                var (share, slope) = inverted ? (T.One - z, n - hPrevious[b, j]) : (z, hPrevious[b, j] - n);
                var (dn, du) = (dh * (T.One - share), dh * (variant.Update == UpdateGate.SignFlipped ? -slope : slope));
                dz[b, (N * size) + j] = dn * TanhDerivative(n, N, variant);
                dz[b, size + j] = du * GateDerivative(z, 1, variant);
                u[b, size + j] = variant.CarryBeforeDerivative ? du : dz[b, size + j];
                u[b, (N * size) + j] = variant.CarryBeforeDerivative ? dn : dz[b, (N * size) + j];
                previous.dh[b, j] = variant.DirectPathMissing ? T.Zero : dh * share;
            }
        }

        adjoints.dm.Step(t).Clear();
        if (!after)
        {
            // dm = dz_n·Whn, the adjoint of r ⊙ h_{t−1}
            var product = new NdArray<T>(batch, size);
            AddCarry(tape, dz, N, 1, variant, product);
            product.View().CopyTo(dm);
        }

        for (var b = 0; b < batch; b++)
        {
            for (var j = 0; j < size; j++)
            {
                var r = gates[b, j];
                var dr = after ? dz[b, (N * size) + j] * m[b, j] : dm[b, j] * hPrevious[b, j];
                dz[b, j] = dr * GateDerivative(r, 0, variant);
                u[b, j] = variant.Reset == ResetPath.GateMissing ? T.Zero : variant.CarryBeforeDerivative ? dr : dz[b, j];
                if (after)
                {
                    dm[b, j] = dz[b, (N * size) + j] * r;
                    u[b, (N * size) + j] *= r;
                }
            }
        }

        Arithmetic.Wobble(adjoints.dz.Step(t));
        Arithmetic.Wobble(adjoints.dm.Step(t));
        AddCarry(tape, u.View(), 0, after ? 3 : 2, variant, previous.dh);
        if (!after && variant.Reset != ResetPath.ProductMissing)
        {
            AddResetProduct(tape, gates, u, variant, previous.dh);
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

    // dh_{t−1} += (u_n·Whn) ⊙ r
    private void AddResetProduct(LayerTape<T> tape, MatrixView<T> gates, NdArray<T> u, RecurrenceVariant variant, NdArray<T> dh)
    {
        var product = new NdArray<T>([.. dh.Shape]);
        AddCarry(tape, u.View(), N, 1, variant, product);
        for (var b = 0; b < dh.Rows; b++)
        {
            for (var j = 0; j < dh.Columns; j++)
            {
                dh[b, j] += product[b, j] * gates[b, j];
            }
        }
    }

    // m = h_{t−1}·Whnᵀ + bhn where the reset gate comes after the product, r ⊙ h_{t−1} where it comes before.
    private void InnerValue(LayerTape<T> tape, int t, MatrixView<T> m, bool after)
    {
        var size = tape.HiddenSize;
        var hPrevious = new MatrixView<T>(tape.HPrevious.Step(t), tape.BatchSize, size);
        for (var b = 0; b < tape.BatchSize; b++)
        {
            for (var j = 0; j < size; j++)
            {
                m[b, j] = after ? bhn?.Data[j] ?? T.Zero : tape.Gates[(t * tape.BatchSize) + b, j] * hPrevious[b, j];
            }
        }

        if (after)
        {
            Arithmetic.AddProduct(hPrevious, tape.Whh.View().RowRange(N * size, size).Transposed, m);
        }
    }
}
