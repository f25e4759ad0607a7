using System.Numerics;
using RnnCompare.Checking.Comparison;
using RnnCompare.Data;
using RnnCompare.Equations;
using RnnCompare.Equations.Running;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Optimizers;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Migration;

/// <summary>What a migrated project's tests compare with: one batch, everything that was computed on it, and what rounding does to each.</summary>
/// <remarks>
/// The prototype's own values stand where it gave them and they are right, otherwise those of the engine that differentiates by hand, in float64. Weights
/// after training are that engine's; their rounding is how far runs drift in which every value is a rounding off.
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
    private readonly TrainedParts _parts;
    private readonly NoiseFloor _floor;
    private readonly NamedArrays _record = new();

    private ParityRecord(SavedPrototype saved, TrainingOptions training)
    {
        (_saved, _training, _parts) = (saved, training, TrainedParts.Of(saved));
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
        if ((_saved.Tokens ?? batch.Inputs.Tokens) is { } tokens)
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
        using var manual = CellEngine.Create(_saved.Weights);
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

        var table = _saved.Table is { } own ? ByHandTraining<double>.TableGradient(_saved.Tokens!, gradients.Inputs!, own.Values.Rows) : null;
        AddState("gradient", values, units, table, table is null ? 0 : _floor.Units(_saved.Spec, "dx", gradients.Inputs!).Sum());

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
        var (trained, table) = Train(_saved.Weights, disturbance: null);
        var repeats = Enumerable.Range(0, Repeats).Select(seed => new Wobble(seed, Precisions.Of<T>())).Select(wobble => Train<T>(wobble.Apply(_saved.Weights).Convert<T>(), wobble.Move)).ToArray();
        var units = new RnnWeights<double>(_saved.Spec);
        foreach (var tensor in trained.Tensors)
        {
            var spread = Drift(tensor.Values.Data, repeats.Select(repeat => repeat.Weights.Convert<double>()[tensor.Name].Data));
            Spread([spread], units[tensor.Name]);
        }

        AddState("trained", trained, units, table, table is null ? 0 : Drift(table.Data, repeats.Select(repeat => repeat.Table!.Convert<T, double>().Data)));
    }

    // How far runs drift in which every value is a rounding off; a rounding of the result at least.
    private static double Drift(double[] right, IEnumerable<double[]> repeats)
    {
        var rounding = Precisions.Of<T>().UnitRoundoff() * Norm(right);
        return Math.Max(rounding, repeats.Max(repeat => Norm([.. repeat.Zip(right, (a, b) => a - b)])));
    }

    private (RnnWeights<TEngine> Weights, NdArray<TEngine>? Table) Train<TEngine>(RnnWeights<TEngine> weights, Disturbance<TEngine>? disturbance)
        where TEngine : unmanaged, IFloatingPointIeee754<TEngine>
    {
        var training = new ByHandTraining<TEngine>(weights, _training, _parts, _saved.Table?.Values.Convert<double, TEngine>(), disturbance);
        var batch = _saved.Batch.Convert<double, TEngine>();
        for (var step = 0; step < Steps; step++)
        {
            training.Step(batch, _saved.Tokens);
        }

        return (training.Weights, training.Table);
    }

    // Units travel through the model's layout as arrays of the weights' shapes, and come back as one number a part.
    private void AddState(string kind, RnnWeights<double> values, RnnWeights<double> units, NdArray<double>? table, double tableUnit)
    {
        var state = ModelState.Of(values, _parts, table);
        var spread = ModelState.Of(units, _parts, table: null);
        foreach (var name in state.Names)
        {
            Add($"{kind}/{name}", state.Get<double>(name));
            _record.Add($"rounding/{kind}/{name}", name == ModelState.Table ? new NdArray<double>([tableUnit], 1) : Parts(name, spread.Get<double>(name)));
        }
    }

    private NdArray<double> Parts(string name, NdArray<double> units)
    {
        var parts = name.StartsWith(ModelState.Recurrent, StringComparison.Ordinal) ? Math.Max(1, _saved.Spec.Cell.Gates.Count) : 1;
        var size = units.Length / parts;
        return new([.. Enumerable.Range(0, parts).Select(part => units.Data[part * size])], parts);
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
