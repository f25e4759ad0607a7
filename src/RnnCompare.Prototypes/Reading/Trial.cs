using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Reading;

/// <summary>A reading of weights and inputs, run forward, beside what the prototype says came out.</summary>
internal sealed class Trial
{
    /// <summary>The relative distance up to which an array is met: rounding, and numbers as small as people add for safety.</summary>
    public const double Met = 1e-5;

    private static readonly DataRole[] Roles = [DataRole.Hidden, DataRole.LastHidden, DataRole.Outputs, DataRole.Probabilities];

    private readonly NamedArrays _arrays;
    private readonly ForwardResult<double> _forward;

    public Trial(NamedArrays arrays, NetworkReading network, SequenceReading sequence)
    {
        (_arrays, Network, Sequence) = (arrays, network, sequence);
        Weights = network.ReadWeights(arrays, network.Spec);
        using var engine = CellEngine.Create(Weights);
        _forward = engine.Forward(sequence.Batch);
        Evidence = [.. arrays.Names.Select(Find).OfType<Evidence>()];
    }

    /// <summary>The prototype.</summary>
    public NamedArrays Arrays => _arrays;

    public NetworkReading Network { get; }

    public SequenceReading Sequence { get; }

    public RnnWeights<double> Weights { get; }

    /// <summary>What was found of the forward pass, each array in the axes that bring it nearest.</summary>
    public IReadOnlyList<Evidence> Evidence { get; }

    /// <summary>How far off the reading is: the sum of relative distances, of which none counts more than 1.</summary>
    public double Distance => Evidence.Sum(found => Math.Min(1, found.Distance));

    /// <summary>‖a − b‖ / ‖b‖; 1 where that is not a number.</summary>
    public static double DistanceOf(ReadOnlySpan<double> claim, ReadOnlySpan<double> right)
    {
        var (difference, size) = (0.0, 0.0);
        for (var i = 0; i < right.Length; i++)
        {
            difference += (claim[i] - right[i]) * (claim[i] - right[i]);
            size += right[i] * right[i];
        }

        var distance = difference == 0 ? 0 : Math.Sqrt(difference / size);
        return double.IsFinite(distance) ? distance : 1;
    }

    private Evidence? Find(string name)
    {
        var own = _arrays[name];
        var roles = DataNames.Of(name, own);
        if (!roles.Any(Roles.Contains) || !own.IsReal)
        {
            return null;
        }

        var best = roles.Where(Roles.Contains).SelectMany(role => Candidates(name, role)).MinBy(found => found.Distance);
        var mayBeTargets = roles.Contains(DataRole.Targets);
        return best is null ? (mayBeTargets || roles.Contains(DataRole.Inputs) ? null : new(name, "", null, 1))
            : mayBeTargets && best.Distance > 1e-3 ? null
            : best;
    }

    private IEnumerable<Evidence> Candidates(string name, DataRole role)
    {
        var (h, y) = (_forward.Hidden, _forward.Outputs);
        return role switch
        {
            DataRole.Hidden => Compared(name, "h", "TBF", h).Concat(Network.Layers == 1 ? Compared(name, "hT", "LBH", _forward.FinalState.Hidden) : []).Concat(AllLayers(name)),
            DataRole.LastHidden when Network.Layers == 1 => Compared(name, "hT", "LBH", _forward.FinalState.Hidden),
            DataRole.Outputs when Network.OutputSize is not null => Compared(name, "y", "TBO", y).Concat(Compared(name, "y", "BO", Last(y))),
            DataRole.Probabilities when Network.OutputSize is not null => Compared(name, "p", "TBO", Softmax(y)).Concat(Compared(name, "p", "BO", Softmax(Last(y)))),
            _ => [],
        };

        NdArray<double> Last(NdArray<double> values)
        {
            var (last, batchSize) = (new NdArray<double>([.. values.Shape[1..]]), Sequence.Sizes.BatchSize);
            for (var b = 0; b < batchSize; b++)
            {
                var step = (Sequence.Batch.Lengths?[b] ?? Sequence.Sizes.Steps) - 1;
                values.Row((step * batchSize) + b).CopyTo(last.Row(b));
            }

            return last;
        }
    }

    private IEnumerable<Evidence> AllLayers(string name)
    {
        return Network.Layers > 1 && !Network.Bidirectional && _arrays[name].Shape.Length >= 3 && _arrays[name].Shape.Contains(Network.Layers) && OwnAxes.Fitting(_arrays, name, "LTBH", Sequence.Sizes, Sequence.Order).Any()
            ? Compared(name, SavedPrototype.AllStates, "LTBH", SavedPrototype.StatesOfAllLayers(Weights, Sequence.Batch))
            : [];
    }

    private IEnumerable<Evidence> Compared(string name, string tensor, string axes, NdArray<double> right)
    {
        return OwnAxes.Fitting(_arrays, name, axes, Sequence.Sizes, Sequence.Order).Select(own => new Evidence(name, tensor, own, DistanceOf(WithoutPadding(own.Values, axes).Span, WithoutPadding(right, axes).Span)));
    }

    private NdArray<double> WithoutPadding(NdArray<double> values, string axes)
    {
        return Sequence.Batch.Lengths is { } lengths && axes.StartsWith("TB", StringComparison.Ordinal) ? Padding.Cleared(values, lengths) : values;
    }

    private static NdArray<double> Softmax(NdArray<double> y)
    {
        var p = y.Clone();
        for (var row = 0; row < p.Rows; row++)
        {
            var values = p.Row(row);
            var largest = Vectors.Max(values);
            var sum = 0.0;
            foreach (ref var value in values)
            {
                value = Math.Exp(value - largest);
                sum += value;
            }

            foreach (ref var value in values)
            {
                value /= sum;
            }
        }

        return p;
    }
}

/// <summary>An array of the forward pass beside what a reading computes for it.</summary>
/// <param name="Name">The prototype's array.</param>
/// <param name="Tensor">What it was taken for: h, hT, y or p; empty where its shape fits nothing.</param>
/// <param name="Own">Its axes and values.</param>
/// <param name="Distance">The relative distance.</param>
internal sealed record Evidence(string Name, string Tensor, OwnAxes? Own, double Distance);
