using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Cells;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>h_t = f(z_t), z_t = x_t·Wxhᵀ + h_{t−1}·Whhᵀ + bh.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class PlainEquations<T>(Activation activation, Arithmetic<T> arithmetic) : CellEquations<T>(arithmetic)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(LayerTape<T> tape, int t, NdArray<T> c)
    {
        Arithmetic.AddProduct(Step(tape.HPrevious, t), tape.Whh.View().Transposed, Step(tape.Z, t));
        var z = tape.Z.Step(t);
        var h = tape.H.Step(t);
        for (var i = 0; i < h.Length; i++)
        {
            h[i] = activation switch
            {
                Activation.Relu => T.Max(z[i], T.Zero),
                Activation.Sigmoid => Sigmoid(z[i]),
                _ => T.Tanh(z[i]),
            };
        }

        Arithmetic.Wobble(h);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(LayerTape<T> tape, int t, StepAdjoints<T> state, RecurrenceVariant variant, LayerAdjoints<T> adjoints, StepAdjoints<T> previous)
    {
        var z = tape.Z.Step(t);
        var h = tape.H.Step(t);
        var dh = state.dh.Span;
        var dz = adjoints.dz.Step(t);
        var formula = variant.Derivative == ActivationDerivative.Right ? Own() : variant.Derivative;
        var slope = SlopeOf(formula);
        for (var i = 0; i < dz.Length; i++)
        {
            dz[i] = dh[i] * formula switch
            {
                ActivationDerivative.AsRelu => h[i] > T.Zero ? T.One : T.Zero,
                ActivationDerivative.OfInput => slope.At(z[i]),
                ActivationDerivative.OfOutput => slope.At(T.Tanh(h[i])),
                _ => slope.At(h[i]),
            };
        }

        Arithmetic.Wobble(dz);
        previous.dh.Span.Clear();
        AddCarry(tape, variant.CarryBeforeDerivative ? state.dh.View() : Step(adjoints.dz, t), 0, 1, variant, previous.dh);
    }

    private static MatrixView<T> Step(NdArray<T> array, int t) => new(array.Step(t), array.Shape[1], array.Columns);

    private static Slope<T> SlopeOf(ActivationDerivative formula)
    {
        return formula switch
        {
            ActivationDerivative.Missing => Slope<T>.One,
            ActivationDerivative.Unsquared => Slope<T>.Unsquared,
            ActivationDerivative.AsSigmoid => Slope<T>.OfSigmoid,
            _ => Slope<T>.OfTanh,
        };
    }

    private ActivationDerivative Own()
    {
        return activation switch
        {
            Activation.Relu => ActivationDerivative.AsRelu,
            Activation.Sigmoid => ActivationDerivative.AsSigmoid,
            _ => ActivationDerivative.AsTanh,
        };
    }
}
