using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Cells;

/// <summary>The plain recurrent cell with tanh or relu.</summary>
/// <remarks>
/// z_t = x_t·Wxhᵀ + h_{t−1}·Whhᵀ + bh,  h_t = f(z_t)  (Elman 1990, with the output layer outside of the cell).
/// Backward: dz_t = dh_t ⊙ f′(z_t),  dh_{t−1} += dz_t·Whh,  where f′ is taken from the output:
/// 1 − h² for tanh; 1 where h &gt; 0, else 0, for relu.
/// </remarks>
public sealed class RnnCell : RecurrentCell
{
    private readonly bool _relu;

    private RnnCell(bool relu) => _relu = relu;

    /// <summary>h = tanh(z).</summary>
    public static RnnCell Tanh { get; } = new(relu: false);

    /// <summary>h = max(z, 0).</summary>
    public static RnnCell Relu { get; } = new(relu: true);

    /// <inheritdoc/>
    public override string Name => _relu ? "relu" : "tanh";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Gates { get; } = ["h"];

    /// <inheritdoc/>
    public override void Forward<T>(in CellForward<T> step)
    {
        // z_t = (x_t·Wxhᵀ + bh) + h_{t−1}·Whhᵀ
        step.Whh.AddForward(step.HiddenPrevious, step.Gates);
        for (var b = 0; b < step.Gates.Rows; b++)
        {
            var activation = new Activation<T>(_relu, step.Gates.Row(b), step.Hidden.Row(b));
            Lanes.Run<T, Activation<T>>(ref activation, step.Hidden.Columns);
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in CellBackward<T> step)
    {
        for (var b = 0; b < step.dz.Rows; b++)
        {
            var derivative = new Derivative<T>(_relu, step.Hidden.Row(b), step.dh.Row(b), step.dz.Row(b));
            Lanes.Run<T, Derivative<T>>(ref derivative, step.Hidden.Columns);
        }

        // dh_{t−1} += dz_t·Whh
        step.Whh.AddBackward(step.dz, step.dhPrevious);
    }

    private readonly ref struct Activation<T>(bool relu, Span<T> z, Span<T> h) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Span<T> _z = z;
        private readonly Span<T> _h = h;

        public void Invoke<TLane>(nuint i)
            where TLane : struct, ILane<TLane, T>
        {
            var z = TLane.Load(_z, i);
            var h = relu ? TLane.Max(z, TLane.Zero) : TLane.Tanh(z);
            h.Store(_h, i);
        }
    }

    private readonly ref struct Derivative<T>(bool relu, Span<T> h, Span<T> dh, Span<T> dz) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Span<T> _h = h;
        private readonly Span<T> _dh = dh;
        private readonly Span<T> _dz = dz;

        public void Invoke<TLane>(nuint i)
            where TLane : struct, ILane<TLane, T>
        {
            var h = TLane.Load(_h, i);
            var dh = TLane.Load(_dh, i);
            var dz = relu ? TLane.WherePositive(h, dh) : dh * (TLane.One - (h * h));
            dz.Store(_dz, i);
        }
    }
}
