using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>c_t = f ⊙ c_{t−1} + i ⊙ g, h_t = o ⊙ tanh(c_t); gates i, f, g, o.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class LstmEquations<T>(Arithmetic<T> arithmetic) : CellEquations<T>(arithmetic)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(LayerTape<T> tape, int t, NdArray<T> c)
    {
        var size = tape.HiddenSize;
        var z = new MatrixView<T>(tape.Z.Step(t), tape.BatchSize, 4 * size);
        Arithmetic.AddProduct(new(tape.HPrevious.Step(t), tape.BatchSize, size), tape.Whh.View().Transposed, z);
        for (var b = 0; b < tape.BatchSize; b++)
        {
            var row = (t * tape.BatchSize) + b;
            var gates = tape.Gates.Row(row);
            for (var j = 0; j < 4 * size; j++)
            {
                gates[j] = j / size == 2 ? T.Tanh(z[b, j]) : Sigmoid(z[b, j]);
            }

            Arithmetic.Wobble(gates);
            for (var j = 0; j < size; j++)
            {
                c[b, j] = (gates[size + j] * tape.CPrevious.Row(row)[j]) + (gates[j] * gates[(2 * size) + j]);
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

        // What goes through Whh to the state before: dz itself, unless it is taken too early.
        var u = variant.CarryBeforeDerivative ? new NdArray<T>(tape.BatchSize, 4 * size) : null;
        for (var b = 0; b < tape.BatchSize; b++)
        {
            var row = (t * tape.BatchSize) + b;
            var dz = adjoints.dz.Row(row);
            BackwardRow(tape, row, state.dh.Row(b), state.dc.Row(b), variant, dz, u is null ? dz : u.Row(b), previous.dc.Row(b));
        }

        Arithmetic.Wobble(adjoints.dz.Step(t));
        previous.dh.Span.Clear();
        AddCarry(tape, u is null ? new(adjoints.dz.Step(t), tape.BatchSize, 4 * size) : u.View(), 0, 4, variant, previous.dh);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardRow(LayerTape<T> tape, int row, ReadOnlySpan<T> dh, ReadOnlySpan<T> dcNext, RecurrenceVariant variant, Span<T> dz, Span<T> before, Span<T> dcPrevious)
    {
        var size = dh.Length;
        var gates = tape.Gates.Row(row);
        ReadOnlySpan<T> i = gates[..size];
        ReadOnlySpan<T> f = gates[size..(2 * size)];
        ReadOnlySpan<T> g = gates[(2 * size)..(3 * size)];
        ReadOnlySpan<T> o = gates[(3 * size)..];
        ReadOnlySpan<T> cPrevious = tape.CPrevious.Row(row);
        ReadOnlySpan<T> tanhC = tape.Inner.Row(row);
        var slopeC = variant.CellTanhMissing ? Slope<T>.One : Slope<T>.OfTanh;
        var slopeI = Slope<T>.Of(Slope<T>.OfSigmoid, 0, variant);
        var slopeF = Slope<T>.Of(Slope<T>.OfSigmoid, 1, variant);
        var slopeG = Slope<T>.Of(Slope<T>.OfTanh, 2, variant);
        var slopeO = Slope<T>.Of(Slope<T>.OfSigmoid, 3, variant);
        var throughForget = variant.CellCarry != CellCarry.WithoutForget;
        for (var j = 0; j < size; j++)
        {
            var dc = dcNext[j] + (dh[j] * o[j] * slopeC.At(tanhC[j]));
            before[j] = dc * g[j];
            before[size + j] = dc * cPrevious[j];
            before[(2 * size) + j] = dc * i[j];
            before[(3 * size) + j] = dh[j] * tanhC[j];
            dz[j] = before[j] * slopeI.At(i[j]);
            dz[size + j] = before[size + j] * slopeF.At(f[j]);
            dz[(2 * size) + j] = before[(2 * size) + j] * slopeG.At(g[j]);
            dz[(3 * size) + j] = before[(3 * size) + j] * slopeO.At(o[j]);
            dcPrevious[j] = throughForget ? dc * f[j] : dc;
        }
    }
}
