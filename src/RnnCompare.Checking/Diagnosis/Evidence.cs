using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Replay;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>What a program claims, beside what is right and what rounding costs.</summary>
internal sealed class Evidence
{
    /// <summary>The multiple of the noise floor that still counts as agreement.</summary>
    public const double Limit = 16;

    // A program with a mistake may amplify rounding more than the right one does; how much is measured for the few that come near.
    private const double Slack = 1000;
    private const double SlackRelative = 0.02;
    private const double Vanished = 1e-6;

    // Of the distance between a wrong array and the right one, what an explanation may leave: none leaves it as it was.
    private const double Nearer = 0.5;

    // Arrays whose replay costs least come first: most mistakes are ruled out by them alone.
    private static readonly string[] Kinds = ["loss", "y", "p", "h", "hT", "cT", TensorNames.By, TensorNames.Bh, TensorNames.Bhn, "dh0", "dc0", TensorNames.Why, "dx", "dh", TensorNames.Whh, TensorNames.Wxh];

    private readonly Dictionary<string, NdArray<double>> _claims;
    private readonly Dictionary<string, Scale> _scales = [];

    /// <summary>Puts the arrays that are claimed beside those that are right.</summary>
    /// <param name="prototype">The program.</param>
    /// <param name="claims">Its arrays.</param>
    /// <param name="rounding">The right arrays, and what rounding costs.</param>
    public Evidence(Prototype prototype, TensorSet claims, EngineRounding rounding)
    {
        (Prototype, Claims, Right) = (prototype, claims, rounding.Right);
        Floor = new(prototype.PrecisionOf, Limit);
        foreach (var precise in claims.Tensors.Select(tensor => tensor.Name).GroupBy(prototype.PrecisionOf))
        {
            rounding.Widen(Floor, precise.Key, precise.ToHashSet().Contains);
        }

        _claims = claims.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values);
        Names = [.. _claims.Keys.OrderBy(name => Array.IndexOf(Kinds, TensorKind.Of(name)))];
        foreach (var name in Names)
        {
            Floor.Raise(name, prototype.Uncertainty.GetValueOrDefault(name));
            _scales[name] = ScaleOf(name, Right.Find(name)!);
        }
    }

    /// <summary>The program.</summary>
    public Prototype Prototype { get; }

    /// <summary>What the program says.</summary>
    public TensorSet Claims { get; }

    /// <summary>What is right.</summary>
    public TensorSet Right { get; }

    /// <summary>The arrays given.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What rounding costs the right pass.</summary>
    public NoiseFloor Floor { get; }

    /// <summary>Whether an array belongs to the forward pass.</summary>
    public static bool IsForward(string name) => name is "loss" or "y" or "p" or "h" or "hT" or "cT";

    /// <summary>What the program says an array is.</summary>
    public NdArray<double> Claim(string name) => _claims[name];

    /// <summary>Whether the program has an array right.</summary>
    public bool IsRight(string name) => _scales[name].Distance <= Limit;

    /// <summary>Whether a replayed array may be what the program computed: at most 1, by a margin that no rounding exceeds.</summary>
    public double Fit(string name, NdArray<double> values)
    {
        (values, var claim) = NonFinite.SetAside(values, Claim(name));
        if (!IsRight(name) && PartDistance.Worst(values, claim, _scales[name].Units) > Nearer * _scales[name].Distance)
        {
            return double.PositiveInfinity;
        }

        return FitOfParts(name, values, claim).Max();
    }

    /// <summary>Whether each part of an array may be what the program computed: at most 1.</summary>
    public IEnumerable<double> FitParts(string name, NdArray<double> values)
    {
        (values, var claim) = NonFinite.SetAside(values, Claim(name));
        return FitOfParts(name, values, claim);
    }

    private IEnumerable<double> FitOfParts(string name, NdArray<double> values, NdArray<double> claim)
    {
        var units = Units(name, values);
        for (var part = 0; part < units.Length; part++)
        {
            var (strict, norm) = (Limit * units[part], PartDistance.Norm(values, part, units.Length));
            var allowed = Math.Max(strict, Math.Min(Slack * strict, SlackRelative * norm));
            yield return PartDistance.InUnits(PartDistance.Of(values, claim, part, units.Length), allowed);
        }
    }

    /// <summary>Whether the right array says nothing of how a replayed one, and the program's, are rounded: what is left of both is rounding itself, or both have outgrown it by far.</summary>
    public bool IsOtherwiseRounded(string name, NdArray<double> values)
    {
        var (scale, claim) = (_scales[name], Claim(name));
        var (size, claimed) = (ScaledNorm.Of(values.Span), ScaledNorm.Of(claim.Span));
        var small = Math.Max(Vanished * scale.Norm, Limit * ScaledNorm.Of(scale.Units));
        var vanishes = size < small && claimed < small;
        var explodes = size * Vanished > scale.Norm && ScaledNorm.OfDifference(values.Span, claim.Span) < SlackRelative * size;
        return vanishes || explodes;
    }

    /// <summary>The distance between a replayed array and what the program says, in units of the floor that its size suggests.</summary>
    public double Residual(string name, NdArray<double> values) => Residual(name, values, Units(name, values));

    /// <summary>The distance between an array and the right one, in units of the right one's floor.</summary>
    public double Effect(string name, NdArray<double> values) => PartDistance.Worst(_scales[name].Right, values, _scales[name].Units);

    /// <summary>What rounding costs the right array, carried over to the size of another: relative to each part, and where a part should vanish, relative to the whole.</summary>
    public double[] Units(string name, NdArray<double> values)
    {
        var scale = _scales[name];
        var size = PartDistance.InUnits(ScaledNorm.Of(values.Span), scale.Norm);
        var units = new double[scale.Units.Length];
        for (var part = 0; part < units.Length; part++)
        {
            var scaled = double.IsFinite(size) ? size * scale.Units[part] : 0;
            units[part] = Math.Max(scale.Relative * PartDistance.Norm(values, part, units.Length), scaled);
        }

        return units;
    }

    /// <summary>The distance between an array and what the program says, in some units.</summary>
    public double Residual(string name, NdArray<double> values, double[] units)
    {
        (values, var claim) = NonFinite.SetAside(values, Claim(name));
        return PartDistance.Worst(values, claim, units);
    }

    private Scale ScaleOf(string name, NdArray<double> right)
    {
        var units = Floor.Units(Prototype.Weights.Spec, name, right);
        var largest = 4 * Prototype.PrecisionOf(name).UnitRoundoff();
        for (var part = 0; part < units.Length; part++)
        {
            var norm = PartDistance.Norm(right, part, units.Length);
            largest = norm > 0 ? Math.Max(largest, units[part] / norm) : largest;
        }

        return new(right, ScaledNorm.Of(right.Span), units, largest, PartDistance.Worst(right, Claim(name), units));
    }

    // The right array, its norm, its noise floor part by part, the largest of those relative to their parts, and how far off the program is.
    private sealed record Scale(NdArray<double> Right, double Norm, double[] Units, double Relative, double Distance);
}
