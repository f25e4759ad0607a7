using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>h_t = f(z_t), z_t = x_t·Wxhᵀ + h_{t−1}·Whhᵀ + bh.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class PlainEquations<T>(Activation activation, Arithmetic<T> arithmetic) : CellEquations<T>(arithmetic)
    where T : unmanaged, IFloatingPointIeee754<T>
{
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

    public override void Backward(LayerTape<T> tape, int t, StepAdjoints<T> state, RecurrenceVariant variant, LayerAdjoints<T> adjoints, StepAdjoints<T> previous)
    {
        var z = tape.Z.Step(t);
        var h = tape.H.Step(t);
        var dh = state.dh.Span;
        var dz = adjoints.dz.Step(t);
        for (var i = 0; i < dz.Length; i++)
        {
            dz[i] = dh[i] * Derivative(z[i], h[i], variant.Derivative);
        }

        Arithmetic.Wobble(dz);
        previous.dh.Span.Clear();
        var carried = variant.CarryBeforeDerivative ? state.dh.View() : Step(adjoints.dz, t);
        AddCarry(tape, carried, 0, 1, variant, previous.dh);
    }

    private static MatrixView<T> Step(NdArray<T> array, int t) => new(array.Step(t), array.Shape[1], array.Columns);

    private T Derivative(T z, T h, ActivationDerivative formula)
    {
        return formula switch
        {
            ActivationDerivative.Missing => T.One,
            ActivationDerivative.OfOutput => T.One - (T.Tanh(h) * T.Tanh(h)),
            ActivationDerivative.OfInput => T.One - (z * z),
            ActivationDerivative.Unsquared => T.One - h,
            ActivationDerivative.AsTanh => T.One - (h * h),
            ActivationDerivative.AsRelu => h > T.Zero ? T.One : T.Zero,
            ActivationDerivative.AsSigmoid => h * (T.One - h),
            _ => activation switch
            {
                Activation.Relu => h > T.Zero ? T.One : T.Zero,
                Activation.Sigmoid => h * (T.One - h),
                _ => T.One - (h * h),
            },
        };
    }
}
