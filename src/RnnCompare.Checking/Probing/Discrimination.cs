using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Checking.Faults;
using RnnCompare.Checking.Replay;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Probing;

/// <summary>Which mistakes show on a batch, and which of them can be told apart, by the same distances as the doctor's.</summary>
internal sealed class Discrimination
{
    private readonly RnnWeights<double> _weights;
    private readonly SequenceBatch<double> _batch;
    private readonly ReplayedPass<double> _replay;
    private readonly Evidence _evidence;

    public Discrimination(RnnWeights<double> weights, SequenceBatch<double> batch)
    {
        (_weights, _batch) = (weights, batch);
        _replay = new(weights, batch, Arithmetic<double>.Plain);
        var right = _replay.All(Variant.Right);
        var prototype = new Prototype { Weights = weights, Batch = batch, Claims = right };
        _evidence = new(prototype, right, _replay, new(weights, batch, _replay));
    }

    /// <summary>The batch with what it cannot do.</summary>
    public Probe Judge()
    {
        var faults = FaultCatalogue.For(Context());
        var arrays = faults.Select(fault => Arrays(fault.Edit(Variant.Right))).ToArray();
        var blind = faults.Where((_, i) => !Differ(arrays[i], Arrays(Variant.Right))).Select(fault => fault.Id).Distinct().ToArray();
        var same = new HashSet<(string, string)>();
        for (var i = 0; i < faults.Count; i++)
        {
            for (var j = i + 1; j < faults.Count; j++)
            {
                if (faults[i].Id != faults[j].Id && !same.Contains((faults[i].Id, faults[j].Id)) && !Differ(arrays[i], arrays[j]))
                {
                    same.Add((faults[i].Id, faults[j].Id));
                }
            }
        }

        return new() { Weights = _weights, Batch = _batch, BlindTo = blind, NotToldApart = [.. same.Where(pair => !blind.Contains(pair.Item1) || !blind.Contains(pair.Item2))] };
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

    private NdArray<double>[] Arrays(Variant variant) => [.. _evidence.Names.Select(name => _replay.Values(name, variant))];

    private bool Differ(NdArray<double>[] a, NdArray<double>[] b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            if (!ReferenceEquals(a[i], b[i]) && !(_evidence.Distance(_evidence.Names[i], a[i], b[i]) <= BlindSpots.Hidden))
            {
                return true;
            }
        }

        return false;
    }
}
