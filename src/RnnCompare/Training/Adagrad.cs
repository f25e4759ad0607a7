using System.Numerics;
using RnnCompare.Models;

namespace RnnCompare.Training;

/// <summary>Adagrad: g ← g + λ·w;  s ← s + g²;  w ← w − η / (1 + (n − 1)·decay) · g / (√s + ε).</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class Adagrad<T> : Optimizer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AdagradSpec _spec;
    private readonly RnnWeights<T> _squares;

    public Adagrad(AdagradSpec spec, RnnSpec network)
        : base(spec.LearningRate)
    {
        _spec = spec;
        _squares = new(network);
        foreach (var tensor in _squares.Tensors)
        {
            tensor.Values.Span.Fill(T.CreateChecked(spec.InitialAccumulator));
        }
    }

    protected override void Update(int tensor, Span<T> w, ReadOnlySpan<T> g)
    {
        var rate = T.CreateChecked(LearningRate / (1 + ((StepCount - 1) * _spec.LearningRateDecay)));
        var decay = T.CreateChecked(_spec.WeightDecay);
        var epsilon = T.CreateChecked(_spec.Epsilon);
        var s = _squares.Tensors[tensor].Values.Span;
        for (var i = 0; i < w.Length; i++)
        {
            var gradient = g[i] + (decay * w[i]);
            s[i] += gradient * gradient;
            w[i] -= rate * (gradient / (T.Sqrt(s[i]) + epsilon));
        }
    }
}
