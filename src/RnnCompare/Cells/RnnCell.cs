using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Cells;

/// <summary>The plain recurrent cell with tanh or relu.</summary>
/// <remarks>
/// z_t = x_t·Wxhᵀ + h_{t−1}·Whhᵀ + bh,  h_t = f(z_t)  (Elman 1990, with the output layer outside of the cell).
/// Backward: dz_t = dh_t ⊙ f′(z_t),  dh_{t−1} += dz_t·Whh,  where f′ is taken from the output:
/// 1 − h² for tanh; 1 where h &gt; 0, else 0, for relu.
/// </remarks>
public sealed class RnnCell : HandWrittenCell
{
    private readonly bool _relu;

    private RnnCell(bool relu)
    {
        _relu = relu;
        Gates = [new("h", relu ? Cells.Activation.Relu : Cells.Activation.Tanh)];
    }

    /// <summary>h = tanh(z).</summary>
    public static RnnCell Tanh { get; } = new(relu: false);

    /// <summary>h = max(z, 0).</summary>
    public static RnnCell Relu { get; } = new(relu: true);

    /// <inheritdoc/>
    public override string Name => _relu ? "relu" : "tanh";

    /// <inheritdoc/>
    public override string Family => "rnn";

    /// <inheritdoc/>
    public override string? Variant => Name;

    /// <inheritdoc/>
    public override IReadOnlyList<Gate> Gates { get; }

    /// <inheritdoc/>
    public override string? TorchLayer => "nn.RNN";

    /// <inheritdoc/>
    public override void Forward<T>(in CellForward<T> step)
    {
        // z_t = (x_t·Wxhᵀ + bh) + h_{t−1}·Whhᵀ
        step.Whh.AddForward(step.HiddenPrevious, step.Gates);

        // With a single gate all sequences of a step lie side by side: one run goes through them.
        var activation = new Activation<T>(_relu, step);
        LaneLoop.Run<T, Activation<T>>(ref activation, step.Hidden.Rows * step.Hidden.Columns);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in CellBackward<T> step)
    {
        var derivative = new Derivative<T>(_relu, step);
        LaneLoop.Run<T, Derivative<T>>(ref derivative, step.Hidden.Rows * step.Hidden.Columns);

        // dh_{t−1} += dz_t·Whh
        step.Whh.AddBackward(step.dz, step.dhPrevious);
    }

    private readonly ref struct Activation<T>(bool relu, in CellForward<T> step) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly bool _relu = relu;
        private readonly ref T _z = ref step.Gates[0, 0];
        private readonly ref T _h = ref step.Hidden[0, 0];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint j)
            where TLane : struct, ILane<TLane, T>
        {
            var z = TLane.Load(ref _z, j);
            var h = _relu ? TLane.Relu(z) : TLane.Tanh(z);
            h.Store(ref _h, j);
        }
    }

    private readonly ref struct Derivative<T>(bool relu, in CellBackward<T> step) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly bool _relu = relu;
        private readonly ref T _h = ref step.Hidden[0, 0];
        private readonly ref T _dh = ref step.dh[0, 0];
        private readonly ref T _dz = ref step.dz[0, 0];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint j)
            where TLane : struct, ILane<TLane, T>
        {
            var h = TLane.Load(ref _h, j);
            var dh = TLane.Load(ref _dh, j);
            var dz = _relu ? TLane.SelectGreater(h, TLane.Zero, dh, TLane.Zero) : dh * (TLane.One - (h * h));
            dz.Store(ref _dz, j);
        }
    }
}
