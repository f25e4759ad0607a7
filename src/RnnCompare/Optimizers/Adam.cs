using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnCompare.Models;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Optimizers;

/// <summary>The constants that Adam and AdamW share.</summary>
public abstract record AdaptiveMomentSpec : OptimizerSpec
{
    private protected AdaptiveMomentSpec(double weightDecay)
        : base(learningRate: 1e-3, weightDecay)
    {
    }

    /// <summary>β₁, what remains of the running mean of gradients after a step; in [0, 1).</summary>
    [Constant("β₁, what remains of the mean of gradients after a step", Below = 1)]
    public double Beta1 { get; init => field = Checked(value); } = 0.9;

    /// <summary>β₂, what remains of the running mean of squares after a step; in [0, 1).</summary>
    [Constant("β₂, what remains of the mean of squares after a step", Below = 1)]
    public double Beta2 { get; init => field = Checked(value); } = 0.999;

    /// <summary>ε, added to the root of the mean of squares; not negative.</summary>
    [Constant("ε, added to the root of the squares; 0 keeps torch.optim's value", ZeroKeepsOwn = true)]
    public double Epsilon { get; init => field = Checked(value); } = 1e-8;

    /// <summary>Whether the largest mean of squares so far takes the place of the present one (Reddi, Kale &amp; Kumar 2018).</summary>
    [Constant("whether the largest mean of squares so far counts instead of the present one")]
    public bool AmsGrad { get; init; }

    internal override Optimizer<T> CreateOptimizer<T>(RnnSpec network) => new Adam<T>(this, network);
}

/// <summary>Adam as torch.optim.Adam (Kingma &amp; Ba 2015): weight decay is a part of the gradient.</summary>
public sealed record AdamSpec() : AdaptiveMomentSpec(weightDecay: 0)
{
    /// <inheritdoc/>
    public override string Name => "adam";
}

/// <summary>AdamW as torch.optim.AdamW (Loshchilov &amp; Hutter 2019): weights decay by themselves, before the step.</summary>
public sealed record AdamWSpec() : AdaptiveMomentSpec(weightDecay: 1e-2)
{
    /// <inheritdoc/>
    public override string Name => "adamw";
}

/// <summary>
/// Adam: g ← g + λ·w (AdamW: w ← w − η·λ·w instead);  m ← β₁·m + (1 − β₁)·g;  v ← β₂·v + (1 − β₂)·g²;
/// amsgrad: v̂ ← max(v̂, v), otherwise v̂ = v;  w ← w − η / (1 − β₁ⁿ) · m / (√v̂ / √(1 − β₂ⁿ) + ε) at step n.
/// </summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class Adam<T>(AdaptiveMomentSpec spec, RnnSpec network) : Optimizer<T>(spec)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RnnWeights<T> _means = new(network);
    private readonly RnnWeights<T> _squares = new(network);
    private readonly RnnWeights<T>? _largest = spec.AmsGrad ? new(network) : null;

    /// <inheritdoc/>
    public override IEnumerable<(string Name, RnnWeights<T> Values)> Memory =>
        [("exp_avg", _means), ("exp_avg_sq", _squares), .. _largest is null ? [] : new[] { ("max_exp_avg_sq", _largest) }];

    private protected override void Update(int tensor, Span<T> w, ReadOnlySpan<T> g)
    {
        var update = new Equations(spec, LearningRate, StepCount, w, g, StateOf(_means, tensor), StateOf(_squares, tensor), StateOf(_largest, tensor));
        LaneLoop.Run<T, Equations>(ref update, w.Length);
    }

    private readonly ref struct Equations(
        AdaptiveMomentSpec spec, double rate, int step, Span<T> w, ReadOnlySpan<T> g, Span<T> m, Span<T> v, Span<T> largest) : ILaneKernel<T>
    {
        private readonly T _keep = Round(spec is AdamWSpec ? 1 - (rate * spec.WeightDecay) : 1);
        private readonly T _decay = Round(spec is AdamWSpec ? 0 : spec.WeightDecay);
        private readonly T _beta1 = Round(spec.Beta1);
        private readonly T _fresh1 = Round(1 - spec.Beta1);
        private readonly T _beta2 = Round(spec.Beta2);
        private readonly T _fresh2 = Round(1 - spec.Beta2);
        private readonly T _rate = Round(rate / (1 - Math.Pow(spec.Beta1, step)));
        private readonly T _root = Round(Math.Sqrt(1 - Math.Pow(spec.Beta2, step)));
        private readonly T _epsilon = Round(spec.Epsilon);
        private readonly bool _amsGrad = !largest.IsEmpty;
        private readonly ref T _w = ref MemoryMarshal.GetReference(w);
        private readonly ref readonly T _g = ref MemoryMarshal.GetReference(g);
        private readonly ref T _m = ref MemoryMarshal.GetReference(m);
        private readonly ref T _v = ref MemoryMarshal.GetReference(v);
        private readonly ref T _largest = ref MemoryMarshal.GetReference(largest);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint i)
            where TLane : struct, ILane<TLane, T>
        {
            var w = TLane.Load(ref _w, i) * TLane.Create(_keep);
            var g = TLane.MultiplyAdd(TLane.Create(_decay), w, TLane.Load(in _g, i));
            var m = TLane.MultiplyAdd(TLane.Create(_beta1), TLane.Load(ref _m, i), TLane.Create(_fresh1) * g);
            var v = TLane.MultiplyAdd(TLane.Create(_beta2), TLane.Load(ref _v, i), TLane.Create(_fresh2) * g * g);
            m.Store(ref _m, i);
            v.Store(ref _v, i);
            if (_amsGrad)
            {
                var largest = TLane.Load(ref _largest, i);
                v = TLane.SelectGreater(largest, v, largest, v);
                v.Store(ref _largest, i);
            }

            var size = (TLane.Sqrt(v) / TLane.Create(_root)) + TLane.Create(_epsilon);
            (w - (TLane.Create(_rate) * m / size)).Store(ref _w, i);
        }
    }
}
