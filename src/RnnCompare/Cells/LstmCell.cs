using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Cells;

/// <summary>Long short-term memory with a forget gate and without peepholes.</summary>
/// <remarks>
/// Hochreiter &amp; Schmidhuber 1997; forget gate: Gers, Schmidhuber &amp; Cummins 2000. Gates in PyTorch's order i, f, g, o:
/// z_t = x_t·Wxhᵀ + h_{t−1}·Whhᵀ + bh,  i, f, o = σ(z), g = tanh(z),
/// c_t = f ⊙ c_{t−1} + i ⊙ g,  h_t = o ⊙ tanh(c_t).
/// Backward, from the total dh_t and the dc_t that arrived from step t+1:
/// dc = dc_t + dh_t ⊙ o ⊙ (1 − tanh²(c_t)),  dc_{t−1} = dc ⊙ f,
/// dz_i = dc ⊙ g ⊙ i(1 − i),  dz_f = dc ⊙ c_{t−1} ⊙ f(1 − f),  dz_g = dc ⊙ i ⊙ (1 − g²),
/// dz_o = dh_t ⊙ tanh(c_t) ⊙ o(1 − o),  dh_{t−1} += dz_t·Whh.
/// The inner value kept is tanh(c_t).
/// </remarks>
public sealed class LstmCell : HandWrittenCell
{
    private LstmCell()
    {
    }

    /// <summary>The cell.</summary>
    public static LstmCell Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "lstm";

    /// <inheritdoc/>
    public override IReadOnlyList<Gate> Gates { get; } =
        [new("i", Activation.Sigmoid), new("f", Activation.Sigmoid), new("g", Activation.Tanh), new("o", Activation.Sigmoid)];

    /// <inheritdoc/>
    public override string? TorchLayer => "nn.LSTM";

    /// <inheritdoc/>
    public override bool HasCellState => true;

    /// <inheritdoc/>
    public override bool KeepsInner => true;

    /// <inheritdoc/>
    public override void Forward<T>(in CellForward<T> step)
    {
        step.Whh.AddForward(step.HiddenPrevious, step.Gates);
        for (var b = 0; b < step.Gates.Rows; b++)
        {
            var equations = new ForwardEquations<T>(step, b);
            LaneLoop.Run<T, ForwardEquations<T>>(ref equations, step.Hidden.Columns);
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in CellBackward<T> step)
    {
        for (var b = 0; b < step.dz.Rows; b++)
        {
            var equations = new BackwardEquations<T>(step, b);
            LaneLoop.Run<T, BackwardEquations<T>>(ref equations, step.Hidden.Columns);
        }

        step.Whh.AddBackward(step.dz, step.dhPrevious);
    }

    private readonly ref struct ForwardEquations<T>(in CellForward<T> step, int b) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly nuint _size = (nuint)step.Hidden.Columns;
        private readonly ref T _gates = ref step.Gates[b, 0];
        private readonly ref T _cPrevious = ref step.CellPrevious[b, 0];
        private readonly ref T _c = ref step.Cell[b, 0];
        private readonly ref T _tanhC = ref step.Inner[b, 0];
        private readonly ref T _h = ref step.Hidden[b, 0];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint j)
            where TLane : struct, ILane<TLane, T>
        {
            var i = TLane.Sigmoid(TLane.Load(ref _gates, j));
            var f = TLane.Sigmoid(TLane.Load(ref _gates, _size + j));
            var g = TLane.Tanh(TLane.Load(ref _gates, (2 * _size) + j));
            var o = TLane.Sigmoid(TLane.Load(ref _gates, (3 * _size) + j));
            var c = TLane.MultiplyAdd(f, TLane.Load(ref _cPrevious, j), i * g);
            var tanhC = TLane.Tanh(c);

            i.Store(ref _gates, j);
            f.Store(ref _gates, _size + j);
            g.Store(ref _gates, (2 * _size) + j);
            o.Store(ref _gates, (3 * _size) + j);
            c.Store(ref _c, j);
            tanhC.Store(ref _tanhC, j);
            (o * tanhC).Store(ref _h, j);
        }
    }

    private readonly ref struct BackwardEquations<T>(in CellBackward<T> step, int b) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly nuint _size = (nuint)step.Hidden.Columns;
        private readonly ref T _gates = ref step.Gates[b, 0];
        private readonly ref T _cPrevious = ref step.CellPrevious[b, 0];
        private readonly ref T _tanhC = ref step.Inner[b, 0];
        private readonly ref T _dh = ref step.dh[b, 0];
        private readonly ref T _dc = ref step.dc[b, 0];
        private readonly ref T _dz = ref step.dz[b, 0];
        private readonly ref T _dcPrevious = ref step.dcPrevious[b, 0];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint j)
            where TLane : struct, ILane<TLane, T>
        {
            var i = TLane.Load(ref _gates, j);
            var f = TLane.Load(ref _gates, _size + j);
            var g = TLane.Load(ref _gates, (2 * _size) + j);
            var o = TLane.Load(ref _gates, (3 * _size) + j);
            var tanhC = TLane.Load(ref _tanhC, j);
            var dh = TLane.Load(ref _dh, j);
            var dc = TLane.MultiplyAdd(dh * o, TLane.One - (tanhC * tanhC), TLane.Load(ref _dc, j));

            (dc * g * i * (TLane.One - i)).Store(ref _dz, j);
            (dc * TLane.Load(ref _cPrevious, j) * f * (TLane.One - f)).Store(ref _dz, _size + j);
            (dc * i * (TLane.One - (g * g))).Store(ref _dz, (2 * _size) + j);
            (dh * tanhC * o * (TLane.One - o)).Store(ref _dz, (3 * _size) + j);
            (dc * f).Store(ref _dcPrevious, j);
        }
    }
}
