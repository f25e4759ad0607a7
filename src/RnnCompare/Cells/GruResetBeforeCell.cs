using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Lanes;
using RnnCompare.Numerics.Products;

namespace RnnCompare.Cells;

/// <summary>Gated recurrent unit with the reset gate applied before the hidden product, as first published.</summary>
/// <remarks>
/// Cho et al. 2014. Gates in the order r, z, n:
/// r, z = σ(x_t·Wxhᵀ + bh + h_{t−1}·Whhᵀ),  m = r ⊙ h_{t−1},  n = tanh(x_t·Wxnᵀ + bxn + m·Whnᵀ),
/// h_t = (1 − z) ⊙ n + z ⊙ h_{t−1}.
/// Backward, from the total dh_t:
/// dz_n = dh ⊙ (1 − z) ⊙ (1 − n²),  dm = dz_n·Whn,  dz_r = dm ⊙ h_{t−1} ⊙ r(1 − r),  dz_z = dh ⊙ (h_{t−1} − n) ⊙ z(1 − z),
/// dh_{t−1} += dh ⊙ z + dm ⊙ r + [dz_r, dz_z]·Whh_rz.
/// The inner value kept is m, which stands for h_{t−1} in the gradient of Whn. nn.GRU has no such variant.
/// </remarks>
public sealed class GruResetBeforeCell : HandWrittenCell
{
    private GruResetBeforeCell()
    {
    }

    /// <summary>The cell.</summary>
    public static GruResetBeforeCell Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "gru-reset-before";

    /// <inheritdoc/>
    public override string Family => GruCell.Instance.Family;

    /// <inheritdoc/>
    public override string? Variant => "before";

    /// <inheritdoc/>
    public override IReadOnlyList<Gate> Gates { get; } = [new("r", Activation.Sigmoid), new("z", Activation.Sigmoid), new("n", Activation.Tanh)];

    /// <inheritdoc/>
    public override bool KeepsInner => true;

    /// <inheritdoc/>
    public override IReadOnlyList<GateBlock> RecurrentBlocks { get; } = [new(0, 2), new(2, 1)];

    /// <inheritdoc/>
    public override void Forward<T>(in CellForward<T> step)
    {
        var size = step.Hidden.Columns;
        step.Whh.AddForward(0, step.HiddenPrevious, step.Gates.ColumnRange(0, 2 * size));
        for (var b = 0; b < step.Gates.Rows; b++)
        {
            var gates = new GateEquations<T>(step, b);
            LaneLoop.Run<T, GateEquations<T>>(ref gates, size);
        }

        step.Whh.AddForward(1, step.Inner, step.Gates.ColumnRange(2 * size, size));
        for (var b = 0; b < step.Gates.Rows; b++)
        {
            var state = new StateEquations<T>(step, b);
            LaneLoop.Run<T, StateEquations<T>>(ref state, size);
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in CellBackward<T> step)
    {
        var size = step.Hidden.Columns;
        for (var b = 0; b < step.dz.Rows; b++)
        {
            step.dInner.Row(b).Clear();
            var state = new StateAdjoints<T>(step, b);
            LaneLoop.Run<T, StateAdjoints<T>>(ref state, size);
        }

        step.Whh.AddBackward(1, step.dz.ColumnRange(2 * size, size), step.dInner);
        for (var b = 0; b < step.dz.Rows; b++)
        {
            var reset = new ResetAdjoints<T>(step, b);
            LaneLoop.Run<T, ResetAdjoints<T>>(ref reset, size);
        }

        step.Whh.AddBackward(0, step.dz.ColumnRange(0, 2 * size), step.dhPrevious);
    }

    /// <inheritdoc/>
    public override void WriteRecurrentGradients<T>(in RecurrentGradients<T> sums)
    {
        var size = sums.dWhh.Columns;
        var rz = sums.PreActivation.ColumnRange(0, 2 * size);
        var n = sums.PreActivation.ColumnRange(2 * size, size);
        MatrixProduct.Product(rz.Transposed, sums.HiddenPrevious, sums.dWhh.RowRange(0, 2 * size), sums.Workers);
        MatrixProduct.Product(n.Transposed, sums.Inner, sums.dWhh.RowRange(2 * size, size), sums.Workers);
    }

    private readonly ref struct GateEquations<T>(in CellForward<T> step, int b) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly nuint _size = (nuint)step.Hidden.Columns;
        private readonly ref T _gates = ref step.Gates[b, 0];
        private readonly ref T _hPrevious = ref step.HiddenPrevious[b, 0];
        private readonly ref T _m = ref step.Inner[b, 0];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint j)
            where TLane : struct, ILane<TLane, T>
        {
            var r = TLane.Sigmoid(TLane.Load(ref _gates, j));
            r.Store(ref _gates, j);
            TLane.Sigmoid(TLane.Load(ref _gates, _size + j)).Store(ref _gates, _size + j);
            (r * TLane.Load(ref _hPrevious, j)).Store(ref _m, j);
        }
    }

    private readonly ref struct StateEquations<T>(in CellForward<T> step, int b) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly nuint _size = (nuint)step.Hidden.Columns;
        private readonly ref T _gates = ref step.Gates[b, 0];
        private readonly ref T _hPrevious = ref step.HiddenPrevious[b, 0];
        private readonly ref T _h = ref step.Hidden[b, 0];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint j)
            where TLane : struct, ILane<TLane, T>
        {
            var z = TLane.Load(ref _gates, _size + j);
            var n = TLane.Tanh(TLane.Load(ref _gates, (2 * _size) + j));
            n.Store(ref _gates, (2 * _size) + j);
            TLane.MultiplyAdd(z, TLane.Load(ref _hPrevious, j), (TLane.One - z) * n).Store(ref _h, j);
        }
    }

    private readonly ref struct StateAdjoints<T>(in CellBackward<T> step, int b) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly nuint _size = (nuint)step.Hidden.Columns;
        private readonly ref T _gates = ref step.Gates[b, 0];
        private readonly ref T _hPrevious = ref step.HiddenPrevious[b, 0];
        private readonly ref T _dh = ref step.dh[b, 0];
        private readonly ref T _dz = ref step.dz[b, 0];
        private readonly ref T _dhPrevious = ref step.dhPrevious[b, 0];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint j)
            where TLane : struct, ILane<TLane, T>
        {
            var z = TLane.Load(ref _gates, _size + j);
            var n = TLane.Load(ref _gates, (2 * _size) + j);
            var dh = TLane.Load(ref _dh, j);

            (dh * (TLane.Load(ref _hPrevious, j) - n) * z * (TLane.One - z)).Store(ref _dz, _size + j);
            (dh * (TLane.One - z) * (TLane.One - (n * n))).Store(ref _dz, (2 * _size) + j);
            TLane.MultiplyAdd(dh, z, TLane.Load(ref _dhPrevious, j)).Store(ref _dhPrevious, j);
        }
    }

    private readonly ref struct ResetAdjoints<T>(in CellBackward<T> step, int b) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly ref T _gates = ref step.Gates[b, 0];
        private readonly ref T _hPrevious = ref step.HiddenPrevious[b, 0];
        private readonly ref T _dm = ref step.dInner[b, 0];
        private readonly ref T _dz = ref step.dz[b, 0];
        private readonly ref T _dhPrevious = ref step.dhPrevious[b, 0];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint j)
            where TLane : struct, ILane<TLane, T>
        {
            var r = TLane.Load(ref _gates, j);
            var dm = TLane.Load(ref _dm, j);
            (dm * TLane.Load(ref _hPrevious, j) * r * (TLane.One - r)).Store(ref _dz, j);
            TLane.MultiplyAdd(dm, r, TLane.Load(ref _dhPrevious, j)).Store(ref _dhPrevious, j);
        }
    }
}
