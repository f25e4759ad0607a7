using System.Numerics;
using RnnCompare.Checking.Comparison;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Experiments.Training;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Optimizers;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Migration;

/// <summary>What a migrated project's tests compare with: one batch, everything that was computed on it, and what rounding does to each.</summary>
/// <remarks>
/// The prototype's own values stand where it gave them and they are right, otherwise those of the manual engine in float64. Weights
/// after training are the manual engine's; their rounding is how far engines drift that began one rounding away.
/// </remarks>
/// <typeparam name="T">The precision of the model.</typeparam>
internal sealed class ParityRecord<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The training steps that are compared.</summary>
    public const int Steps = 5;

    private const int Repeats = 6;

    private readonly SavedPrototype _saved;
    private readonly TrainingOptions _training;
    private readonly NoiseFloor _floor;
    private readonly NamedArrays _record = new();

    private ParityRecord(SavedPrototype saved, TrainingOptions training)
    {
        (_saved, _training) = (saved, training);
        _floor = NoiseFloor.Measure(saved.Weights, saved.Batch, Precisions.Of<T>());
    }

    /// <summary>Computes the record.</summary>
    /// <param name="saved">The prototype.</param>
    /// <param name="agreeing">The prototype's arrays that are right.</param>
    /// <param name="training">Optimizer and clipping.</param>
    public static NamedArrays Create(SavedPrototype saved, IReadOnlySet<string> agreeing, TrainingOptions training)
    {
        var record = new ParityRecord<T>(saved, training);
        record.AddBatch();
        record.AddPass(saved.Claims.Where(claim => agreeing.Contains(claim.Tensor)).ToDictionary(claim => claim.Tensor, claim => claim.Values));
        record.AddTrained();
        return record._record;
    }

    private void AddBatch()
    {
        var batch = _saved.Batch;
        if (batch.Inputs.Tokens is { } tokens)
        {
            _record.Add("batch/inputs", tokens);
        }
        else
        {
            Add("batch/inputs", batch.Inputs.Values!);
        }

        if (batch.Targets!.Classes is { } classes)
        {
            _record.Add("batch/targets", classes);
        }
        else
        {
            Add("batch/targets", batch.Targets.Values!);
        }

        if (batch.LossWeights is { } weights)
        {
            Add("batch/weights", weights);
        }

        if (batch.Lengths is { } lengths)
        {
            _record.Add("batch/lengths", new NdArray<long>([.. lengths.Select(length => (long)length)], lengths.Count));
        }

        if (batch.InitialState is { } state)
        {
            Add("batch/hidden", state.Hidden);
            if (state.Cell is { } cell)
            {
                Add("batch/cell", cell);
            }
        }
    }

    private void AddPass(Dictionary<string, NdArray<double>> claims)
    {
        using var manual = new ManualEngine<double>(_saved.Weights);
        var (forward, gradients) = (manual.Forward(_saved.Batch), manual.Gradients(_saved.Batch));
        AddWithRounding("forward/outputs", "y", forward.Outputs);
        AddWithRounding("forward/states", "h", forward.Hidden);
        AddWithRounding("forward/loss", "loss", new NdArray<double>([gradients.Loss]));

        var (values, units) = (gradients.Weights.Clone(), new RnnWeights<double>(_saved.Spec));
        foreach (var tensor in gradients.Weights.Tensors)
        {
            var name = TensorNames.Gradient(tensor.Name);
            Chosen(name, tensor.Values).Span.CopyTo(values[tensor.Name].Span);
            Spread(_floor.Units(_saved.Spec, name, tensor.Values), units[tensor.Name]);
        }

        AddState("gradient", values, units);

        void AddWithRounding(string name, string tensor, NdArray<double> right)
        {
            Add(name, Chosen(tensor, right));
            var rounding = _floor.Units(_saved.Spec, tensor, right);
            _record.Add($"rounding/{name}", new NdArray<double>(rounding, rounding.Length));
        }

        NdArray<double> Chosen(string tensor, NdArray<double> right) => claims.GetValueOrDefault(tensor, right);
    }

    private void AddTrained()
    {
        var trained = Train(_saved.Weights);
        var start = _saved.Weights.Convert<T>();
        var repeats = Enumerable.Range(0, Repeats).Select(seed => Train(seed == 0 ? start : Perturbation.OneUnit(start, seed, copy: 1)).Convert<double>()).ToArray();
        var units = new RnnWeights<double>(_saved.Spec);
        foreach (var tensor in trained.Tensors)
        {
            var rounding = Precisions.Of<T>().UnitRoundoff() * Norm(tensor.Values.Data);
            var drift = repeats.Max(repeat => Norm([.. repeat[tensor.Name].Data.Zip(tensor.Values.Data, (a, b) => a - b)]));
            Spread([Math.Max(rounding, drift)], units[tensor.Name]);
        }

        AddState("trained", trained, units);
    }

    private RnnWeights<TEngine> Train<TEngine>(RnnWeights<TEngine> weights)
        where TEngine : unmanaged, IFloatingPointIeee754<TEngine>
    {
        using var engine = new ManualEngine<TEngine>(weights, _training);
        var batch = _saved.Batch.Convert<double, TEngine>();
        for (var step = 0; step < Steps; step++)
        {
            engine.Train(batch);
        }

        return engine.ReadWeights();
    }

    // Units travel through the model's layout as arrays of the weights' shapes, and come back as one number a part.
    private void AddState(string kind, RnnWeights<double> values, RnnWeights<double> units)
    {
        var state = ModelState.Of(values);
        var spread = ModelState.Of(units);
        foreach (var name in state.Names)
        {
            Add($"{kind}/{name}", state.Get<double>(name));
            var parts = name.StartsWith("fc.", StringComparison.Ordinal) ? 1 : _saved.Spec.Cell.Gates.Count;
            var unit = spread.Get<double>(name);
            var size = unit.Length / parts;
            _record.Add($"rounding/{kind}/{name}", new NdArray<double>([.. Enumerable.Range(0, parts).Select(part => unit.Data[part * size])], parts));
        }
    }

    private static void Spread(double[] units, NdArray<double> array)
    {
        var size = array.Length / units.Length;
        for (var i = 0; i < array.Length; i++)
        {
            array.Data[i] = units[i / size];
        }
    }

    private void Add(string name, NdArray<double> values) => _record.Add(name, values.Convert<double, T>());

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));
}
