using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Data;
using RnnCompare.Data.Files;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;
using RnnCompare.Prototypes;

namespace RnnCompare.Experiments.Check;

/// <summary>Weights, states and a batch for a prototype to run on, on which its mistakes show.</summary>
/// <param name="Weights">The weights.</param>
/// <param name="Batch">The batch, with an initial state that is not zero.</param>
/// <param name="BlindTo">The mistakes that the loss, y and the gradients of the weights do not reveal.</param>
/// <param name="Lookalikes">The pairs of mistakes that they do not tell apart.</param>
public sealed record Probe(
    RnnWeights<double> Weights, SequenceBatch<double> Batch, IReadOnlyList<BlindSpot> BlindTo, IReadOnlyList<(string First, string Second)> Lookalikes)
{
    private const int Draws = 4;

    private int Hidden => BlindTo.Count + Lookalikes.Count;

    /// <summary>Draws a probe; of several draws the one that hides least.</summary>
    public static Probe Draw(ProbeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Probe? best = null;
        for (var draw = 0; draw < Draws; draw++)
        {
            var probe = Draw(request, new Random(request.Seed + (draw * 7919)));
            best = best is null || probe.Hidden < best.Hidden ? probe : best;
        }

        return best!;
    }

    /// <summary>Writes it to a file.</summary>
    /// <exception cref="InputException">The convention has no names for the network, or the file cannot be written.</exception>
    public void Write(ProbeRequest request, string path)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            var writer = request.Precision == Precision.Float32
                ? PrototypeWriter.Create(request.Convention, Weights.Convert<float>(), Batch.Convert<double, float>())
                : PrototypeWriter.Create(request.Convention, Weights, Batch);
            ArrayFile.Write(path, writer.Arrays);
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {PrototypeFile.Sentence(e)}", e);
        }
    }

    private static Probe Draw(ProbeRequest request, Random random)
    {
        var (weights, batch) = (Weighted(request.Spec, random), BatchOf(request, random));
        if (request.Precision == Precision.Float32)
        {
            (weights, batch) = (weights.Convert<float>().Convert<double>(), batch.Convert<double, float>().Convert<float, double>());
        }

        var right = new Prototype { Weights = weights, Batch = batch, Claims = RightArrays(weights, batch), Precision = request.Precision };
        var blind = Doctor.Diagnose(right).BlindTo.Where(spot => !spot.Id.StartsWith("clipped-", StringComparison.Ordinal));
        return new(weights, batch, [.. blind], Checking.Diagnosis.Lookalikes.Find(right));
    }

    private static TensorSet RightArrays(RnnWeights<double> weights, SequenceBatch<double> batch)
    {
        using var manual = new ManualEngine<double>(weights);
        var gradients = manual.Gradients(batch);
        var arrays = new TensorSet(weights.Spec);
        arrays.Add("loss", new([gradients.Loss]));
        arrays.Add("y", manual.Forward(batch).Outputs);
        foreach (var (name, values) in gradients.Weights.Tensors)
        {
            arrays.Add(TensorNames.Gradient(name), values);
        }

        return arrays;
    }

    // Of a size at which states neither vanish nor saturate; biases as large as what else arrives.
    private static RnnWeights<double> Weighted(RnnSpec spec, Random random)
    {
        var weights = new RnnWeights<double>(spec);
        foreach (var (_, values) in weights.Tensors)
        {
            var sigma = values.Rank == 2 ? 1 / Math.Sqrt(Math.Max(2, values.Columns)) : 0.3;
            Normal(random, sigma, [.. values.Shape]).Span.CopyTo(values.Span);
        }

        return weights;
    }

    private static SequenceBatch<double> BatchOf(ProbeRequest request, Random random)
    {
        var (spec, steps, batchSize) = (request.Spec, request.Steps, request.BatchSize);
        int[] outputs = spec.Outputs == OutputMode.EveryStep ? [steps, batchSize] : [batchSize];
        NdArray<double> State() => Normal(random, 0.5, spec.Layers * spec.Directions, batchSize, spec.HiddenSize);
        return new()
        {
            Inputs = new(Normal(random, 1, steps, batchSize, spec.InputSize)),
            Targets = spec.Loss == LossKind.CrossEntropy
                ? new(Classes(random, spec.OutputSize, outputs))
                : new(Normal(random, 1, [.. outputs, spec.OutputSize])),
            Lengths = request.Lengths ? [.. Enumerable.Range(0, batchSize).Select(sequence => Math.Max(1, steps - sequence))] : null,
            InitialState = new() { Hidden = State(), Cell = spec.Cell.HasCellState ? State() : null },
        };
    }

    private static NdArray<double> Normal(Random random, double sigma, params int[] shape)
    {
        var values = random.NextNormals(shape);
        foreach (ref var value in values.Span)
        {
            value *= sigma;
        }

        return values;
    }

    private static NdArray<long> Classes(Random random, int count, int[] shape)
    {
        var classes = new NdArray<long>(shape);
        foreach (ref var target in classes.Span)
        {
            target = random.Next(count);
        }

        return classes;
    }
}
