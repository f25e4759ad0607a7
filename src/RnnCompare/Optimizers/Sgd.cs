using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnCompare.Models;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Optimizers;

/// <summary>Stochastic gradient descent as torch.optim.SGD; momentum: Polyak 1964, Nesterov 1983 in the form of Sutskever et al. 2013.</summary>
public sealed record SgdSpec() : OptimizerSpec(learningRate: 1e-3)
{
    /// <inheritdoc/>
    public override string Name => "sgd";

    /// <summary>μ in b ← μ·b + (1 − dampening)·g; 0 for none.</summary>
    [Constant("μ, the momentum")]
    public double Momentum { get; init => field = Checked(value); }

    /// <summary>What part of the gradient the momentum leaves out, from its second step on.</summary>
    [Constant("the part of the gradient that the momentum leaves out")]
    public double Dampening { get; init => field = Checked(value); }

    /// <summary>Whether the step is g + μ·b instead of b; needs a momentum and no dampening.</summary>
    [Constant("whether the momentum is Nesterov's")]
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    public override void Require()
    {
        if (Nesterov && (Momentum == 0 || Dampening != 0))
        {
            throw new ArgumentException($"Nesterov needs a momentum above 0 and no dampening, but Momentum is {Momentum} and Dampening is {Dampening}.");
        }
    }

    internal override Optimizer<T> CreateOptimizer<T>(RnnSpec network) => new Sgd<T>(this, network);
}

/// <summary>SGD: g ← g + λ·w;  b ← μ·b + (1 − dampening)·g (b = g at the first step);  w ← w − η·(nesterov ? g + μ·b : b).</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class Sgd<T>(SgdSpec spec, RnnSpec network) : Optimizer<T>(spec)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RnnWeights<T>? _momentum = spec.Momentum == 0 ? null : new(network);

    /// <inheritdoc/>
    public override IEnumerable<(string Name, RnnWeights<T> Values)> Memory => _momentum is null ? [] : [("momentum_buffer", _momentum)];

    private protected override void Update(int tensor, Span<T> w, ReadOnlySpan<T> g)
    {
        var fresh = StepCount == 1 ? 1 : 1 - spec.Dampening;
        var update = new Equations(spec, LearningRate, fresh, w, g, StateOf(_momentum, tensor));
        LaneLoop.Run<T, Equations>(ref update, w.Length);
    }

    private readonly ref struct Equations(SgdSpec spec, double rate, double fresh, Span<T> w, ReadOnlySpan<T> g, Span<T> b) : ILaneKernel<T>
    {
        private readonly T _rate = Round(rate);
        private readonly T _decay = Round(spec.WeightDecay);
        private readonly T _mu = Round(spec.Momentum);
        private readonly T _fresh = Round(fresh);
        private readonly bool _hasMomentum = !b.IsEmpty;
        private readonly bool _nesterov = spec.Nesterov;
        private readonly ref T _w = ref MemoryMarshal.GetReference(w);
        private readonly ref readonly T _g = ref MemoryMarshal.GetReference(g);
        private readonly ref T _b = ref MemoryMarshal.GetReference(b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint i)
            where TLane : struct, ILane<TLane, T>
        {
            var w = TLane.Load(ref _w, i);
            var g = TLane.MultiplyAdd(TLane.Create(_decay), w, TLane.Load(in _g, i));
            if (_hasMomentum)
            {
                var mu = TLane.Create(_mu);
                var b = TLane.MultiplyAdd(mu, TLane.Load(ref _b, i), TLane.Create(_fresh) * g);
                b.Store(ref _b, i);
                g = _nesterov ? TLane.MultiplyAdd(mu, b, g) : b;
            }

            (w - (TLane.Create(_rate) * g)).Store(ref _w, i);
        }
    }
}
