using System.Numerics;
using RnnCompare.Engines;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Experiments.Training;

/// <summary>The arrays of a checkpoint whose names begin alike: <c>tanh/manual/training/Whh</c>.</summary>
/// <param name="Arrays">All arrays of the checkpoint.</param>
/// <param name="Prefix">What the names begin with.</param>
/// <remarks>Every number is kept as it is, bit for bit. Taking what is not there is an <see cref="InvalidDataException"/> that names it.</remarks>
internal readonly record struct ArrayScope(NamedArrays Arrays, string Prefix)
{
    private static readonly DataPart[] Parts = Enum.GetValues<DataPart>();

    /// <summary>The arrays of a part of this one.</summary>
    public ArrayScope In(string name) => this with { Prefix = $"{Prefix}{name}/" };

    public void Put(string name, double[] numbers) => Arrays.Add(Prefix + name, new NdArray<double>(numbers, numbers.Length));

    public void Put(string name, string text) => Arrays.Add(Prefix + name, text);

    public string TakeText(string name) => Arrays.GetText(Prefix + name);

    public double[] Take(string name) => Arrays.Get<double>(Prefix + name).Data;

    public bool Has(string name) => Arrays.TryGet(Prefix + name, out _);

    public void Put<T>(TrainingMemory<T> memory)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Put("updates", [memory.Steps]);
        In("weights").Put(memory.Weights);
        foreach (var (name, values) in memory.Optimizer)
        {
            In(name).Put(values);
        }
    }

    public TrainingMemory<T> TakeTraining<T>(RnnSpec spec)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var own = Prefix;
        var names = Arrays.Names.Where(name => name.StartsWith(own, StringComparison.Ordinal)).Select(name => name[own.Length..].Split('/'))
            .Where(parts => parts.Length == 2 && parts[0] != "weights").Select(parts => parts[0]).Distinct().ToArray();
        var scope = this;
        return new(In("weights").TakeWeights<T>(spec), (int)Take("updates")[0], names.ToDictionary(name => name, name => scope.In(name).TakeWeights<T>(spec)));
    }

    public void Put<T>(RnnState<T>? state)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (state is not null)
        {
            Arrays.Add(Prefix + "h", state.Hidden);
        }

        if (state?.Cell is { } cell)
        {
            Arrays.Add(Prefix + "c", cell);
        }
    }

    public RnnState<T>? TakeState<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return Has("h") ? new() { Hidden = Arrays.Get<T>(Prefix + "h"), Cell = Has("c") ? Arrays.Get<T>(Prefix + "c") : null } : null;
    }

    public void Put(IReadOnlyList<CurvePoint> curve)
    {
        Put("step", [.. curve.Select(point => (double)point.Step)]);
        Put("loss", [.. curve.Select(point => point.Loss)]);
        Put("smoothedLoss", [.. curve.Select(point => point.SmoothedLoss)]);
        Put("learningRate", [.. curve.Select(point => point.LearningRate)]);
        Put("gradientNorm", [.. curve.Select(point => point.GradientNorm)]);
        Put("clippedShare", [.. curve.Select(point => point.ClippedShare)]);
        Put("seconds", [.. curve.Select(point => point.Seconds)]);
        foreach (var part in Parts)
        {
            Put($"{part}.evaluated", [.. curve.Select(point => point.Scores.ContainsKey(part) ? 1.0 : 0)]);
            Put($"{part}.loss", [.. curve.Select(point => point.Scores.GetValueOrDefault(part).Loss)]);
            Put($"{part}.score", [.. curve.Select(point => point.Scores.GetValueOrDefault(part).Score)]);
        }
    }

    public IReadOnlyList<CurvePoint> TakeCurve()
    {
        var scope = this;
        var (loss, smoothed, rate, norm, share, seconds) = (Take("loss"), Take("smoothedLoss"), Take("learningRate"), Take("gradientNorm"), Take("clippedShare"), Take("seconds"));
        var scores = Parts.Select(part => (Part: part, Evaluated: scope.Take($"{part}.evaluated"), Loss: scope.Take($"{part}.loss"), Score: scope.Take($"{part}.score"))).ToArray();
        return [.. Take("step").Select((step, i) => new CurvePoint(
            (int)step,
            loss[i],
            smoothed[i],
            scores.Where(part => part.Evaluated[i] == 1).ToDictionary(part => part.Part, part => new PartScore(part.Loss[i], part.Score[i])))
            { LearningRate = rate[i], GradientNorm = norm[i], ClippedShare = share[i], Seconds = seconds[i] })];
    }

    private void Put<T>(RnnWeights<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var (name, values) in weights.Tensors)
        {
            Arrays.Add(Prefix + name, values);
        }
    }

    private RnnWeights<T> TakeWeights<T>(RnnSpec spec)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var weights = new RnnWeights<T>(spec);
        foreach (var (name, values) in weights.Tensors)
        {
            Arrays.Get<T>(Prefix + name, values.Shape).Data.CopyTo(values.Data, 0);
        }

        return weights;
    }
}
