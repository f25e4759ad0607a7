using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>The equations of one step in plain loops, with every known way of getting a statement wrong beside the right one.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <remarks>Loops over units are compiled with all optimisations at once: a check is over before the tiers of the compiler would have got there.</remarks>
internal abstract class CellEquations<T>(Arithmetic<T> arithmetic)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected Arithmetic<T> Arithmetic { get; } = arithmetic;

    /// <summary>Whether the equations of a cell are known here.</summary>
    public static bool Knows(RecurrentCell cell) => cell is RnnCell or LstmCell or GruCell or GruResetBeforeCell;

    /// <summary>The equations of a cell, as a forward pass has them.</summary>
    /// <exception cref="ArgumentException">The cell's equations are not known here.</exception>
    public static CellEquations<T> Create(RnnSpec spec, LayerWeights<T> weights, ForwardVariant forward, Arithmetic<T> arithmetic)
    {
        return spec.Cell switch
        {
            RnnCell => new PlainEquations<T>(forward.Activation ?? (spec.Cell == RnnCell.Relu ? Activation.Relu : Activation.Tanh), arithmetic),
            LstmCell => new LstmEquations<T>(arithmetic),
            GruCell or GruResetBeforeCell => new GruEquations<T>(spec.Cell is GruCell != forward.OtherReset, forward.UpdateInverted, weights.bhn, arithmetic),
            _ => throw new ArgumentException($"The equations of the cell '{spec.Cell}' are not known to the checker.", nameof(spec)),
        };
    }

    /// <summary>Computes a step. The tape's Z holds x·Wxhᵀ + bh and its HPrevious and CPrevious the state.</summary>
    /// <param name="tape">Z, Gates, H and Inner of step t are written.</param>
    /// <param name="t">The step.</param>
    /// <param name="c">c_t (B, H), written by cells that have one.</param>
    public abstract void Forward(LayerTape<T> tape, int t, NdArray<T> c);

    /// <summary>Carries the adjoints of a step's state back to the state before.</summary>
    /// <param name="tape">The forward pass.</param>
    /// <param name="t">The step.</param>
    /// <param name="state">dh_t and dc_t, total.</param>
    /// <param name="variant">The formula of every statement.</param>
    /// <param name="adjoints">dz and dm of step t are written.</param>
    /// <param name="previous">dh_{t−1} and dc_{t−1}, overwritten.</param>
    public abstract void Backward(LayerTape<T> tape, int t, StepAdjoints<T> state, RecurrenceVariant variant, LayerAdjoints<T> adjoints, StepAdjoints<T> previous);

    /// <summary>The operand that dz of a gate is multiplied with in dWhh, made from a state.</summary>
    /// <param name="tape">The forward pass.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="h">(T, B, H).</param>
    /// <param name="variant">Which equations are differentiated.</param>
    public virtual NdArray<T> RecurrentOperand(LayerTape<T> tape, int gate, NdArray<T> h, RecurrenceVariant variant) => h;

    /// <summary>Whether dm stands for dz of a gate in the gradients of the recurrent weights.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="variant">Which equations are differentiated.</param>
    public virtual bool UsesInnerAdjoint(int gate, RecurrenceVariant variant) => false;

    protected static T Sigmoid(T z) => T.One / (T.One + T.Exp(-z));

    /// <summary>dh += u·Whh over neighbouring gates; through Whhᵀ for those that the variant says.</summary>
    /// <param name="tape">The forward pass.</param>
    /// <param name="u">(B, G·H).</param>
    /// <param name="first">The first gate.</param>
    /// <param name="count">The number of gates.</param>
    /// <param name="variant">Which gates are not transposed.</param>
    /// <param name="dh">(B, H), added to.</param>
    protected void AddCarry(LayerTape<T> tape, MatrixView<T> u, int first, int count, RecurrenceVariant variant, NdArray<T> dh)
    {
        var size = tape.HiddenSize;
        if (variant.NotTransposedGates == 0)
        {
            Arithmetic.AddProduct(u.ColumnRange(first * size, count * size), tape.Whh.View().RowRange(first * size, count * size), dh.View());
            return;
        }

        for (var gate = first; gate < first + count; gate++)
        {
            var block = tape.Whh.View().RowRange(gate * size, size);
            Arithmetic.AddProduct(u.ColumnRange(gate * size, size), (variant.NotTransposedGates >> gate & 1) == 1 ? block.Transposed : block, dh.View());
        }
    }
}
