using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>c_t = f ⊙ c_{t−1} + i ⊙ g, h_t = o ⊙ tanh(c_t); gates i, f, g, o.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class LstmEquations<T>(Arithmetic<T> arithmetic) : CellEquations<T>(arithmetic)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Forward(LayerTape<T> tape, int t, NdArray<T> c)
    {
        var size = tape.HiddenSize;
        var z = new MatrixView<T>(tape.Z.Step(t), tape.BatchSize, 4 * size);
        Arithmetic.AddProduct(new(tape.HPrevious.Step(t), tape.BatchSize, size), tape.Whh.View().Transposed, z);
        for (var b = 0; b < tape.BatchSize; b++)
        {
            var row = (t * tape.BatchSize) + b;
            var gates = tape.Gates.Row(row);
            var cPrevious = tape.CPrevious.Row(row);
            for (var j = 0; j < 4 * size; j++)
            {
                gates[j] = j / size == 2 ? T.Tanh(z[b, j]) : Sigmoid(z[b, j]);
            }

            Arithmetic.Wobble(gates);
            for (var j = 0; j < size; j++)
            {
                c[b, j] = (gates[size + j] * cPrevious[j]) + (gates[j] * gates[(2 * size) + j]);
                tape.Inner.Row(row)[j] = T.Tanh(c[b, j]);
                tape.H.Row(row)[j] = gates[(3 * size) + j] * tape.Inner.Row(row)[j];
            }
        }

        Arithmetic.Wobble(c.Span);
        Arithmetic.Wobble(tape.H.Step(t));
    }

    public override void Backward(LayerTape<T> tape, int t, StepAdjoints<T> state, RecurrenceVariant variant, LayerAdjoints<T> adjoints, StepAdjoints<T> previous)
    {
        var size = tape.HiddenSize;
        var u = new NdArray<T>(tape.BatchSize, 4 * size); // what goes through Whh to the state before
        for (var b = 0; b < tape.BatchSize; b++)
        {
            var row = (t * tape.BatchSize) + b;
            var gates = tape.Gates.Row(row);
            var cPrevious = tape.CPrevious.Row(row);
            var tanhC = tape.Inner.Row(row);
            var dhRow = state.dh.Row(b);
            var dcRow = state.dc.Row(b);
            var dz = adjoints.dz.Row(row);
            var dcPrevious = previous.dc.Row(b);
            for (var j = 0; j < size; j++)
            {
                var (i, f, g, o) = (gates[j], gates[size + j], gates[(2 * size) + j], gates[(3 * size) + j]);
                var dh = dhRow[j];
                var dc = dcRow[j] + (dh * o * (variant.CellTanhMissing ? T.One : T.One - (tanhC[j] * tanhC[j])));
                var (di, df, dg, dO) = (dc * g, dc * cPrevious[j], dc * i, dh * tanhC[j]);

                dz[j] = di * GateDerivative(i, 0, variant);
                dz[size + j] = df * GateDerivative(f, 1, variant);
                dz[(2 * size) + j] = dg * TanhDerivative(g, 2, variant);
                dz[(3 * size) + j] = dO * GateDerivative(o, 3, variant);
                dcPrevious[j] = variant.CellCarry == CellCarry.WithoutForget ? dc : dc * f;
                if (variant.CarryBeforeDerivative)
                {
                    (u[b, j], u[b, size + j], u[b, (2 * size) + j], u[b, (3 * size) + j]) = (di, df, dg, dO);
                }
            }
        }

        Arithmetic.Wobble(adjoints.dz.Step(t));
        if (!variant.CarryBeforeDerivative)
        {
            adjoints.dz.Step(t).CopyTo(u.Span);
        }

        previous.dh.Span.Clear();
        AddCarry(tape, u.View(), 0, 4, variant, previous.dh);
    }
}
