using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnCompare.Models;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Optimizers;

/// <summary>Adagrad as torch.optim.Adagrad (Duchi, Hazan &amp; Singer 2011).</summary>
public sealed record AdagradSpec() : OptimizerSpec(learningRate: 1e-2)
{
    /// <inheritdoc/>
    public override string Name => "adagrad";

    /// <summary>The learning rate of step n (from 0) is divided by 1 + n·this; not negative.</summary>
    [Constant("the learning rate of step n, from 0, is divided by 1 + n times this")]
    public double LearningRateDecay { get; init => field = Checked(value); }

    /// <summary>Where the sums of squares begin; not negative.</summary>
    [Constant("where the sums of squares begin")]
    public double InitialAccumulator { get; init => field = Checked(value); }

    /// <summary>ε, added to the root of the sum of squares; not negative.</summary>
    [Constant("ε, added to the root of the squares; 0 keeps torch.optim's value", ZeroKeepsOwn = true)]
    public double Epsilon { get; init => field = Checked(value); } = 1e-10;

    internal override Optimizer<T> CreateOptimizer<T>(RnnSpec network) => new Adagrad<T>(this, network);
}

/// <summary>Adagrad: g ← g + λ·w;  s ← s + g²;  w ← w − η / (1 + (n − 1)·decay) · g / (√s + ε) at step n.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class Adagrad<T> : Optimizer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AdagradSpec _spec;
    private readonly RnnWeights<T> _squares;

    public Adagrad(AdagradSpec spec, RnnSpec network)
        : base(spec)
    {
        _spec = spec;
        _squares = new(network);
        foreach (var tensor in _squares.Tensors)
        {
            tensor.Values.Span.Fill(Round(spec.InitialAccumulator));
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, RnnWeights<T> Values)> Memory => [("sum", _squares)];

    private protected override void Update(int tensor, Span<T> w, ReadOnlySpan<T> g)
    {
        var rate = LearningRate / (1 + ((StepCount - 1) * _spec.LearningRateDecay));
        var update = new Equations(_spec, rate, w, g, StateOf(_squares, tensor));
        LaneLoop.Run<T, Equations>(ref update, w.Length);
    }

    private readonly ref struct Equations(AdagradSpec spec, double rate, Span<T> w, ReadOnlySpan<T> g, Span<T> s) : ILaneKernel<T>
    {
        private readonly T _rate = Round(rate);
        private readonly T _decay = Round(spec.WeightDecay);
        private readonly T _epsilon = Round(spec.Epsilon);
        private readonly ref T _w = ref MemoryMarshal.GetReference(w);
        private readonly ref readonly T _g = ref MemoryMarshal.GetReference(g);
        private readonly ref T _s = ref MemoryMarshal.GetReference(s);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint i)
            where TLane : struct, ILane<TLane, T>
        {
            var w = TLane.Load(ref _w, i);
            var g = TLane.MultiplyAdd(TLane.Create(_decay), w, TLane.Load(in _g, i));
            var s = TLane.MultiplyAdd(g, g, TLane.Load(ref _s, i));
            s.Store(ref _s, i);
            (w - (TLane.Create(_rate) * g / (TLane.Sqrt(s) + TLane.Create(_epsilon)))).Store(ref _w, i);
        }
    }
}
