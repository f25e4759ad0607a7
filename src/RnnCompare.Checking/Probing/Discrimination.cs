using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Checking.Faults;
using RnnCompare.Checking.Replay;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Probing;

/// <summary>Which mistakes show on a batch, and which of them can be told apart, by the same distances as the doctor's.</summary>
/// <remarks>Judged by what every program has: the loss, y and the gradients of its weights. One that gives more is told more.</remarks>
internal sealed class Discrimination
{
    private readonly RnnWeights<double> _weights;
    private readonly SequenceBatch<double> _batch;
    private readonly ReplayedPass<double> _replay;
    private readonly Evidence _evidence;
    private readonly Dictionary<(string, Variant), Replayed> _replayed = [];

    public Discrimination(RnnWeights<double> weights, SequenceBatch<double> batch, Precision precision)
    {
        (_weights, _batch) = (weights, batch);
        _replay = new(weights, batch, Arithmetic<double>.Plain);
        var rounding = new EngineRounding(weights, batch);
        var claims = new TensorSet(weights.Spec);
        foreach (var (name, values) in rounding.Right.Tensors.Where(tensor => tensor.Name is "loss" or "y" || TensorKind.IsWeightGradient(tensor.Name)))
        {
            claims.Add(name, values);
        }

        _evidence = new(new() { Weights = weights, Batch = batch, Claims = claims, Precision = precision }, claims, rounding);
    }

    /// <summary>The batch with what it cannot do.</summary>
    public Probe Judge()
    {
        var context = Context();
        var catalogue = FaultCatalogue.For(context);
        var blind = new BlindSpots(_replay, _evidence, context);
        (string Id, Replayed[] Arrays)[] visible = [.. blind.Shown(catalogue).Select(fault => (fault.Id, Arrays(fault.Edit(Variant.Right))))];
        var same = new HashSet<(string, string)>();
        for (var i = 0; i < visible.Length; i++)
        {
            for (var j = i + 1; j < visible.Length; j++)
            {
                var pair = (visible[i].Id, visible[j].Id);
                if (pair.Item1 != pair.Item2 && !same.Contains(pair) && !Differ(visible[i].Arrays, visible[j].Arrays))
                {
                    same.Add(pair);
                }
            }
        }

        return new() { Weights = _weights, Batch = _batch, BlindTo = [.. blind.Find(catalogue, _ => null)], NotToldApart = [.. same] };
    }

    // Limits that take hold.
    private FaultContext Context()
    {
        var largest = _evidence.Names.Where(TensorKind.IsWeightGradient).Max(name => _replay.Values(name, Variant.Right).Data.Max(Math.Abs));
        return new()
        {
            Spec = _weights.Spec,
            Batch = _batch,
            ElementLimit = 0.37 * largest,
            NormLimit = 0.37 * _replay.WeightGradientNorm(Variant.Right),
        };
    }

    // Mistakes that do not reach an array share it.
    private Replayed[] Arrays(Variant variant)
    {
        return
        [
            .. _evidence.Names.Select(name =>
            {
                var key = (name, VariantView.For(variant, name));
                if (!_replayed.TryGetValue(key, out var array))
                {
                    var values = _replay.Values(name, variant);
                    _replayed[key] = array = new(values, _evidence.Units(name, values));
                }

                return array;
            }),
        ];
    }

    private static bool Differ(Replayed[] a, Replayed[] b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            if (!ReferenceEquals(a[i], b[i]) && !(PartDistance.Worst(a[i].Values, b[i].Values, a[i].Units) <= BlindSpots.Hidden))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Replayed(NdArray<double> Values, double[] Units);
}
