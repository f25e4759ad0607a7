using System.Numerics;
using RnnCompare.Checking.Comparison;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>Any array that a program with given mistakes computes from given weights on a given batch.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <remarks>Variants share what they have in common: forward passes, dy, and loops back through time are kept for those that follow.</remarks>
internal sealed class ReplayedPass<T> : IReplay
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Capacity = 24;
    private readonly RnnWeights<T> _weights;
    private readonly SequenceBatch<T> _batch;
    private readonly Arithmetic<T> _arithmetic;
    private readonly RecentCache<ForwardVariant, ForwardPass<T>> _forward = new(Capacity);
    private readonly RecentCache<(ForwardVariant, OutputErrorVariant), NdArray<T>> _outputErrors = new(Capacity);
    private readonly RecentCache<(ForwardVariant, OutputErrorVariant, RecurrenceVariant), LayerAdjoints<T>[]> _adjoints = new(Capacity);
    private readonly RecentCache<(ForwardVariant, OutputErrorVariant, RecurrenceVariant), TruncatedPass<T>> _truncated = new(2);
    private readonly RecentCache<(string, Variant), NdArray<T>> _sums = new(4 * Capacity);

    public ReplayedPass(RnnWeights<T> weights, SequenceBatch<T> batch, Arithmetic<T> arithmetic)
    {
        (_weights, _batch, _arithmetic) = (weights, batch, arithmetic);
    }

    /// <summary>The names of all arrays that a pass computes, in the order in which it computes them.</summary>
    public IEnumerable<string> Names()
    {
        string[] forward = [.. _weights.Spec.Cell.HasCellState ? new[] { "h", "hT", "cT", "y" } : ["h", "hT", "y"], .. _weights.Spec.Loss == LossKind.CrossEntropy ? ["p"] : Array.Empty<string>()];
        string[] states = [.. _batch.Inputs.Values is null ? Array.Empty<string>() : ["dx"], "dh0", .. _weights.Spec.Cell.HasCellState ? ["dc0"] : Array.Empty<string>(), "dh"];
        return [.. forward, "loss", .. _weights.Tensors.Select(tensor => TensorNames.Gradient(tensor.Name)), .. states];
    }

    /// <summary>All arrays.</summary>
    public TensorSet All(Variant variant)
    {
        var set = new TensorSet(_weights.Spec);
        foreach (var name in Names())
        {
            set.Add(name, Tensor(name, variant).Convert<T, double>());
        }

        return set;
    }

    /// <inheritdoc/>
    public NdArray<double> Values(string name, Variant variant) => Tensor(name, variant) is NdArray<double> values ? values : Tensor(name, variant).Convert<T, double>();

    /// <summary>One array under its name in a <see cref="TensorSet"/>; not to be written to.</summary>
    public NdArray<T> Tensor(string name, Variant variant)
    {
        variant = VariantView.For(variant, name);
        var forward = _forward.Get(ForwardKey(variant), () => new(_weights, _batch, ForwardKey(variant), _arithmetic));
        var sums = _sums.Get((name, variant with { Finish = Variant.Right.Finish }), () => Sums(name, variant, forward));
        if (!name.StartsWith('d') || (variant.Finish == Variant.Right.Finish && variant.Forward is { GateOrder: null, TransposedWhh: false }))
        {
            return sums;
        }

        var finished = sums.Clone();
        Finishing.Apply(_weights.Spec, name, finished, variant);
        if (TensorKind.IsWeightGradient(name) && CommonScale(variant) is { } scale)
        {
            Finishing.Multiply(finished, T.CreateChecked(scale));
        }

        return finished;
    }

    /// <inheritdoc/>
    public double WeightGradientNorm(Variant variant)
    {
        var free = variant with { Finish = variant.Finish with { Rescaling = Rescaling.None } };
        return ScaledNorm.Of([.. _weights.Tensors.Select(tensor => ScaledNorm.Of(Tensor(TensorNames.Gradient(tensor.Name), free).Convert<T, double>().Span))]);
    }

    private double? CommonScale(Variant variant)
    {
        switch (variant.Finish.Rescaling)
        {
            case (RescalingKind.ClippedByNorm, var limit):
                var norm = WeightGradientNorm(variant);
                return norm > limit ? limit / norm : 1;
            case (RescalingKind.NormalisedTogether, _):
                return 1 / WeightGradientNorm(variant);
            case (RescalingKind.Multiplied, var factor):
                return factor;
            default:
                return null;
        }
    }

    private static ForwardVariant ForwardKey(Variant variant) => variant.Forward with { Loss = LossValue.Right, LossFactor = 1, LossMasked = false };

    private NdArray<T> Sums(string name, Variant variant, ForwardPass<T> forward)
    {
        var values = TensorKind.Of(name) switch
        {
            "loss" => new([T.CreateChecked(new LossPass<T>(forward, _arithmetic, variant.Forward.LossMasked ? _batch.Lengths : null).Loss(variant.Forward))]),
            "h" => forward.Features,
            "y" => forward.Outputs,
            "p" => new LossPass<T>(forward, _arithmetic).Probabilities(variant.Forward.Loss == LossValue.SoftmaxOverBatch),
            "hT" => Stacked(forward.Layers.Select(tape => tape.FinalH)),
            "cT" => Stacked(forward.Layers.Select(tape => tape.FinalC)),
            _ => Gradient(name, variant, forward),
        };
        return variant.Forward.LengthsIgnored ? WithoutPadding(name, values) : values;
    }

    private NdArray<T> Gradient(string name, Variant variant, ForwardPass<T> forward)
    {
        var dy = _outputErrors.Get((variant.Forward, variant.OutputError), () => OutputErrors(variant, forward));
        var sums = new GradientSums<T>(forward, variant.Recurrence, variant.Sums, _arithmetic);
        var kind = TensorKind.Of(name);
        if (kind is TensorNames.Why or TensorNames.By)
        {
            return kind == TensorNames.Why ? sums.Why(dy) : sums.By(dy);
        }

        var adjoints = _adjoints.Get((variant.Forward, variant.OutputError, variant.Recurrence), () => Adjoints(variant, forward, dy));
        var index = IndexOf(name);
        return kind switch
        {
            TensorNames.Wxh => sums.Wxh(index, adjoints[index]),
            TensorNames.Whh => sums.Whh(index, adjoints[index]),
            TensorNames.Bh => sums.Bh(index, adjoints[index]),
            TensorNames.Bhn => sums.Bhn(index, adjoints[index]),
            "dx" => LayerStack<T>.InputAdjoint(forward, adjoints, 0, _arithmetic),
            "dh0" => Stacked(adjoints.Select(layer => layer.Initial.dh)),
            "dc0" => Stacked(adjoints.Select(layer => layer.Initial.dc)),
            "dh" => Stacked(adjoints.Select(layer => layer.dh)),
            _ => throw new ArgumentException($"'{name}' is no array that a pass computes.", nameof(name)),
        };
    }

    private NdArray<T> OutputErrors(Variant variant, ForwardPass<T> forward)
    {
        var dy = new LossPass<T>(forward, _arithmetic).OutputErrors(variant.Forward.Loss, variant.OutputError);
        if (variant.Forward.LossMasked && _weights.Spec.Reduction == Reduction.Mean)
        {
            // Divided by the steps that count, though all of them are there.
            Finishing.Multiply(dy, T.CreateChecked((double)_batch.Steps * _batch.BatchSize / _batch.CountedOutputs(OutputMode.EveryStep)));
        }

        return dy;
    }

    private LayerAdjoints<T>[] Adjoints(Variant variant, ForwardPass<T> forward, NdArray<T> dy)
    {
        var dFeatures = LayerStack<T>.FeatureAdjoint(forward, dy, _arithmetic);
        var recurrence = variant.Recurrence;
        return recurrence.Carry.Kind == CarryKind.StepsFromLoss
            ? Truncated(variant, forward, dFeatures)
            : new BackwardPass<T>(forward, recurrence, _arithmetic).Run(dFeatures);
    }

    private LayerAdjoints<T>[] Truncated(Variant variant, ForwardPass<T> forward, NdArray<T> dFeatures)
    {
        var steps = variant.Recurrence.Carry.Steps;
        var key = (variant.Forward, variant.OutputError, variant.Recurrence with { Carry = Carry.Right });
        TruncatedPass<T> Start() => new(forward, variant.Recurrence, dFeatures, _arithmetic);
        var pass = _truncated.Get(key, Start);
        pass = pass.Steps > steps ? Start() : pass;
        while (pass.Steps < steps)
        {
            pass.Extend();
        }

        return [.. pass.Adjoints.Select(layer => layer.Clone())];
    }

    private static NdArray<T> Stacked(IEnumerable<NdArray<T>> parts)
    {
        var all = parts.ToArray();
        return new([.. all.SelectMany(part => part.Data)], [all.Length, .. all[0].Shape]);
    }

    private NdArray<T> WithoutPadding(string name, NdArray<T> values)
    {
        if (_batch.Lengths is null)
        {
            return values;
        }

        return name switch
        {
            "h" or "dx" => Padding.Cleared(values, _batch.Lengths),
            "y" or "p" when values.Rank == 3 => Padding.Cleared(values, _batch.Lengths),
            "dh" => ClearedSteps(values),
            _ => values,
        };
    }

    private NdArray<T> ClearedSteps(NdArray<T> dh)
    {
        var steps = new NdArray<T>[dh.Shape[0]];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = Padding.Cleared(new NdArray<T>(dh.Step(i).ToArray(), [.. dh.Shape[1..]]), _batch.Lengths!);
        }

        return Stacked(steps);
    }

    private int IndexOf(string name)
    {
        var spec = _weights.Spec;
        for (var index = 0; index < spec.Layers * spec.Directions; index++)
        {
            var suffix = TensorNames.Suffix(index / spec.Directions, index % spec.Directions == 1);
            if (name == "d" + TensorKind.Of(name) + suffix)
            {
                return index;
            }
        }

        return 0;
    }
}
