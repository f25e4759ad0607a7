using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnCompare.Models;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Optimizers;

/// <summary>RMSProp as torch.optim.RMSprop (Tieleman &amp; Hinton 2012; centered: Graves 2013).</summary>
public sealed record RmsPropSpec() : OptimizerSpec(learningRate: 1e-2)
{
    /// <inheritdoc/>
    public override string Name => "rmsprop";

    /// <summary>α, what remains of the running mean of squares after a step; not negative.</summary>
    [Constant("α, what remains of the mean of squares after a step")]
    public double Alpha { get; init => field = Checked(value); } = 0.99;

    /// <summary>ε, added to the root of the mean of squares; not negative.</summary>
    [Constant("ε, added to the root of the squares; 0 keeps torch.optim's value", ZeroKeepsOwn = true)]
    public double Epsilon { get; init => field = Checked(value); } = 1e-8;

    /// <summary>μ of the momentum on the scaled gradients; 0 for none.</summary>
    [Constant("μ, the momentum")]
    public double Momentum { get; init => field = Checked(value); }

    /// <summary>Whether the scale is the gradient's running deviation from its mean instead of its size.</summary>
    [Constant("whether gradients are scaled by their deviation from the mean instead of their size")]
    public bool Centered { get; init; }

    internal override Optimizer<T> CreateOptimizer<T>(RnnSpec network) => new RmsProp<T>(this, network);
}

/// <summary>
/// RMSProp: g ← g + λ·w;  v ← α·v + (1 − α)·g²;  centered: m ← α·m + (1 − α)·g, otherwise m = 0;
/// b ← μ·b + g / (√(v − m²) + ε);  w ← w − η·b.
/// </summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class RmsProp<T>(RmsPropSpec spec, RnnSpec network) : Optimizer<T>(spec)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RnnWeights<T> _squares = new(network);
    private readonly RnnWeights<T>? _means = spec.Centered ? new(network) : null;
    private readonly RnnWeights<T>? _momentum = spec.Momentum == 0 ? null : new(network);

    /// <inheritdoc/>
    public override IEnumerable<(string Name, RnnWeights<T> Values)> Memory =>
    [
        ("square_avg", _squares),
        .. _means is null ? [] : new[] { ("grad_avg", _means) },
        .. _momentum is null ? [] : new[] { ("momentum_buffer", _momentum) },
    ];

    private protected override void Update(int tensor, Span<T> w, ReadOnlySpan<T> g)
    {
        var update = new Equations(spec, LearningRate, w, g, StateOf(_squares, tensor), StateOf(_means, tensor), StateOf(_momentum, tensor));
        LaneLoop.Run<T, Equations>(ref update, w.Length);
    }

    private readonly ref struct Equations(RmsPropSpec spec, double rate, Span<T> w, ReadOnlySpan<T> g, Span<T> v, Span<T> m, Span<T> b) : ILaneKernel<T>
    {
        private readonly T _rate = Round(rate);
        private readonly T _decay = Round(spec.WeightDecay);
        private readonly T _alpha = Round(spec.Alpha);
        private readonly T _fresh = Round(1 - spec.Alpha);
        private readonly T _epsilon = Round(spec.Epsilon);
        private readonly T _mu = Round(spec.Momentum);
        private readonly bool _centered = !m.IsEmpty;
        private readonly bool _hasMomentum = !b.IsEmpty;
        private readonly ref T _w = ref MemoryMarshal.GetReference(w);
        private readonly ref readonly T _g = ref MemoryMarshal.GetReference(g);
        private readonly ref T _v = ref MemoryMarshal.GetReference(v);
        private readonly ref T _m = ref MemoryMarshal.GetReference(m);
        private readonly ref T _b = ref MemoryMarshal.GetReference(b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint i)
            where TLane : struct, ILane<TLane, T>
        {
            var (alpha, fresh) = (TLane.Create(_alpha), TLane.Create(_fresh));
            var w = TLane.Load(ref _w, i);
            var g = TLane.MultiplyAdd(TLane.Create(_decay), w, TLane.Load(in _g, i));
            var v = TLane.MultiplyAdd(alpha, TLane.Load(ref _v, i), fresh * g * g);
            v.Store(ref _v, i);
            if (_centered)
            {
                var m = TLane.MultiplyAdd(alpha, TLane.Load(ref _m, i), fresh * g);
                m.Store(ref _m, i);
                v -= m * m;
            }

            var b = g / (TLane.Sqrt(v) + TLane.Create(_epsilon));
            if (_hasMomentum)
            {
                b = TLane.MultiplyAdd(TLane.Create(_mu), TLane.Load(ref _b, i), b);
                b.Store(ref _b, i);
            }

            (w - (TLane.Create(_rate) * b)).Store(ref _w, i);
        }
    }
}
