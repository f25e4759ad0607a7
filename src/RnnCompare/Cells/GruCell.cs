using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Lanes;
using RnnCompare.Numerics.Products;

namespace RnnCompare.Cells;

/// <summary>Gated recurrent unit with the reset gate applied after the hidden product, as in nn.GRU and cuDNN.</summary>
/// <remarks>
/// Cho et al. 2014 in the variant of cuDNN and PyTorch. Gates in PyTorch's order r, z, n:
/// r, z = σ(x_t·Wxhᵀ + bh + h_{t−1}·Whhᵀ),  m = h_{t−1}·Whnᵀ + bhn,  n = tanh(x_t·Wxnᵀ + bxn + r ⊙ m),
/// h_t = (1 − z) ⊙ n + z ⊙ h_{t−1}.
/// Backward, from the total dh_t:
/// dz_n = dh ⊙ (1 − z) ⊙ (1 − n²),  dz_r = dz_n ⊙ m ⊙ r(1 − r),  dz_z = dh ⊙ (h_{t−1} − n) ⊙ z(1 − z),  dm = dz_n ⊙ r,
/// dh_{t−1} += dh ⊙ z + [dz_r, dz_z]·Whh_rz + dm·Whn.
/// The inner value kept is m; its adjoint dm stands for dz_n in the gradients of Whn and bhn.
/// </remarks>
public sealed class GruCell : HandWrittenCell
{
    private GruCell()
    {
    }

    /// <summary>The cell.</summary>
    public static GruCell Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "gru";

    /// <inheritdoc/>
    public override string? Variant => "after";

    /// <inheritdoc/>
    public override IReadOnlyList<Gate> Gates { get; } =
        [new("r", Activation.Sigmoid), new("z", Activation.Sigmoid), new("n", Activation.Tanh, HasRecurrentBias: true)];

    /// <inheritdoc/>
    public override string? TorchLayer => "nn.GRU";

    /// <inheritdoc/>
    public override bool KeepsInner => true;

    /// <inheritdoc/>
    public override IReadOnlyList<GateBlock> RecurrentBlocks { get; } = [new(0, 2), new(2, 1)];

    /// <inheritdoc/>
    public override void Forward<T>(in CellForward<T> step)
    {
        var size = step.Hidden.Columns;
        for (var b = 0; b < step.Inner.Rows; b++)
        {
            step.bhn.CopyTo(step.Inner.Row(b));
        }

        step.Whh.AddForward(0, step.HiddenPrevious, step.Gates.ColumnRange(0, 2 * size));
        step.Whh.AddForward(1, step.HiddenPrevious, step.Inner);
        for (var b = 0; b < step.Gates.Rows; b++)
        {
            var equations = new ForwardEquations<T>(step, b);
            LaneLoop.Run<T, ForwardEquations<T>>(ref equations, size);
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in CellBackward<T> step)
    {
        var size = step.Hidden.Columns;
        for (var b = 0; b < step.dz.Rows; b++)
        {
            var equations = new BackwardEquations<T>(step, b);
            LaneLoop.Run<T, BackwardEquations<T>>(ref equations, size);
        }

        step.Whh.AddBackward(0, step.dz.ColumnRange(0, 2 * size), step.dhPrevious);
        step.Whh.AddBackward(1, step.dInner, step.dhPrevious);
    }

    /// <inheritdoc/>
    public override void WriteRecurrentGradients<T>(in RecurrentGradients<T> sums)
    {
        var size = sums.dWhh.Columns;
        var rz = sums.PreActivation.ColumnRange(0, 2 * size);
        MatrixProduct.Product(rz.Transposed, sums.HiddenPrevious, sums.dWhh.RowRange(0, 2 * size), sums.Workers);
        MatrixProduct.Product(sums.dInner.Transposed, sums.HiddenPrevious, sums.dWhh.RowRange(2 * size, size), sums.Workers);
        sums.dbhn.Clear();
        MatrixRows.AddColumnSums(sums.dInner, sums.dbhn, sums.Workers);
    }

    private readonly ref struct ForwardEquations<T>(in CellForward<T> step, int b) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly nuint _size = (nuint)step.Hidden.Columns;
        private readonly ref T _gates = ref step.Gates[b, 0];
        private readonly ref T _m = ref step.Inner[b, 0];
        private readonly ref T _hPrevious = ref step.HiddenPrevious[b, 0];
        private readonly ref T _h = ref step.Hidden[b, 0];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint j)
            where TLane : struct, ILane<TLane, T>
        {
            var r = TLane.Sigmoid(TLane.Load(ref _gates, j));
            var z = TLane.Sigmoid(TLane.Load(ref _gates, _size + j));
            var n = TLane.Tanh(TLane.MultiplyAdd(r, TLane.Load(ref _m, j), TLane.Load(ref _gates, (2 * _size) + j)));

            r.Store(ref _gates, j);
            z.Store(ref _gates, _size + j);
            n.Store(ref _gates, (2 * _size) + j);
            TLane.MultiplyAdd(z, TLane.Load(ref _hPrevious, j), (TLane.One - z) * n).Store(ref _h, j);
        }
    }

    private readonly ref struct BackwardEquations<T>(in CellBackward<T> step, int b) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly nuint _size = (nuint)step.Hidden.Columns;
        private readonly ref T _gates = ref step.Gates[b, 0];
        private readonly ref T _m = ref step.Inner[b, 0];
        private readonly ref T _hPrevious = ref step.HiddenPrevious[b, 0];
        private readonly ref T _dh = ref step.dh[b, 0];
        private readonly ref T _dz = ref step.dz[b, 0];
        private readonly ref T _dm = ref step.dInner[b, 0];
        private readonly ref T _dhPrevious = ref step.dhPrevious[b, 0];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint j)
            where TLane : struct, ILane<TLane, T>
        {
            var r = TLane.Load(ref _gates, j);
            var z = TLane.Load(ref _gates, _size + j);
            var n = TLane.Load(ref _gates, (2 * _size) + j);
            var dh = TLane.Load(ref _dh, j);
            var dn = dh * (TLane.One - z) * (TLane.One - (n * n));

            (dn * TLane.Load(ref _m, j) * r * (TLane.One - r)).Store(ref _dz, j);
            (dh * (TLane.Load(ref _hPrevious, j) - n) * z * (TLane.One - z)).Store(ref _dz, _size + j);
            dn.Store(ref _dz, (2 * _size) + j);
            (dn * r).Store(ref _dm, j);
            TLane.MultiplyAdd(dh, z, TLane.Load(ref _dhPrevious, j)).Store(ref _dhPrevious, j);
        }
    }
}
