using System.Numerics;
using RnnCompare.Models;

namespace RnnCompare.Training;

/// <summary>SGD: g ← g + λ·w;  b ← μ·b + (1 − dampening)·g (b = g at the first step);  w ← w − η·(nesterov ? g + μ·b : b).</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class Sgd<T> : Optimizer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SgdSpec _spec;
    private readonly RnnWeights<T>? _momentum;

    public Sgd(SgdSpec spec, RnnSpec network)
        : base(spec.LearningRate)
    {
        _spec = spec;
        _momentum = spec.Momentum != 0 ? new(network) : null;
    }

    protected override void Update(int tensor, Span<T> w, ReadOnlySpan<T> g)
    {
        var (rate, decay) = (T.CreateChecked(LearningRate), T.CreateChecked(_spec.WeightDecay));
        if (_momentum is null)
        {
            for (var i = 0; i < w.Length; i++)
            {
                w[i] -= rate * (g[i] + (decay * w[i]));
            }

            return;
        }

        var mu = T.CreateChecked(_spec.Momentum);
        var fresh = StepCount == 1 ? T.One : T.CreateChecked(1 - _spec.Dampening);
        var b = _momentum.Tensors[tensor].Values.Span;
        for (var i = 0; i < w.Length; i++)
        {
            var gradient = g[i] + (decay * w[i]);
            b[i] = (mu * b[i]) + (fresh * gradient);
            w[i] -= rate * (_spec.Nesterov ? gradient + (mu * b[i]) : b[i]);
        }
    }
}
