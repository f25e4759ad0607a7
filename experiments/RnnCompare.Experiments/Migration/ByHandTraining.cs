using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Equations;
using RnnCompare.Equations.Running;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Optimizers;

namespace RnnCompare.Experiments.Migration;

/// <summary>Training by the engine that differentiates by hand, of exactly what a prototype trains: without biases that it has not, and with the table in which it looks its inputs up.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class ByHandTraining<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TrainingOptions _options;
    private readonly TrainedParts _parts;
    private readonly Optimizer<T> _optimizer;

    // Optimizers walk over the weights of networks: the table is the output matrix of one that has nothing else.
    private readonly RnnWeights<T>? _carrier;
    private readonly Optimizer<T>? _carriersOptimizer;
    private readonly Disturbance<T>? _disturbance;

    /// <summary>Starts from copies.</summary>
    /// <param name="weights">The first weights.</param>
    /// <param name="options">The optimizer and clipping.</param>
    /// <param name="parts">What is trained.</param>
    /// <param name="table">The first table in which inputs are looked up; null where there is none.</param>
    /// <param name="disturbance">What changes every value of a pass as soon as it is computed; null for nothing.</param>
    public ByHandTraining(RnnWeights<T> weights, TrainingOptions options, TrainedParts parts, NdArray<T>? table, Disturbance<T>? disturbance = null)
    {
        (Weights, _options, _parts, _disturbance) = (weights.Clone(), options, parts, disturbance);
        _optimizer = Optimizer<T>.Create(options.Optimizer, weights.Spec);
        if (table is not null)
        {
            _carrier = Carrier(table);
            _carriersOptimizer = Optimizer<T>.Create(options.Optimizer, _carrier.Spec);
        }
    }

    /// <summary>The weights as they are now.</summary>
    public RnnWeights<T> Weights { get; }

    /// <summary>The table as it is now; null where there is none.</summary>
    public NdArray<T>? Table => _carrier?.Why;

    /// <summary>The gradient of a table: each row is the sum of dx over the steps that read it.</summary>
    /// <param name="tokens">(T, B).</param>
    /// <param name="dx">(T, B, I).</param>
    /// <param name="vocabulary">V, its rows.</param>
    public static NdArray<T> TableGradient(NdArray<long> tokens, NdArray<T> dx, int vocabulary)
    {
        var sum = new NdArray<T>(vocabulary, dx.Columns);
        for (var row = 0; row < tokens.Length; row++)
        {
            Vectors.Add<T>(dx.Row(row), sum.Row((int)tokens.Data[row]));
        }

        return sum;
    }

    /// <summary>Makes one training step.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="tokens">Where inputs are looked up, their rows (T, B) in the table.</param>
    public void Step(SequenceBatch<T> batch, NdArray<long>? tokens)
    {
        using var engine = _disturbance is null ? CellEngine.Create(Weights) : new EquationsEngine<T>(Weights, disturbance: _disturbance);
        var result = engine.Gradients(_carrier is null ? batch : batch with { Inputs = new(TokenRows.LookUp(_carrier.Why, tokens!)) });
        var gradients = result.Weights.Clone();
        foreach (var tensor in gradients.Tensors.Where(tensor => !_parts.Trains(tensor.Name)))
        {
            tensor.Values.Span.Clear();
        }

        var table = _carrier is null ? null : Carrier(TableGradient(tokens!, result.Inputs!, _carrier.Why.Rows));
        Clip(gradients, table);
        _optimizer.Step(Weights, gradients);
        if (table is not null)
        {
            _carriersOptimizer!.Step(_carrier!, table);
        }
    }

    private static RnnWeights<T> Carrier(NdArray<T> table)
    {
        var carrier = new RnnWeights<T>(new() { Cell = RnnCell.Tanh, InputSize = 1, HiddenSize = table.Columns, OutputSize = table.Rows });
        table.Span.CopyTo(carrier.Why.Span);
        return carrier;
    }

    // A norm is that of all parameters together, the table's among them.
    private void Clip(RnnWeights<T> gradients, RnnWeights<T>? table)
    {
        if (table is null || _options.Clipping is not Clipping.ByNorm(var limit))
        {
            GradientClipping.Apply(_options.Clipping, gradients);
            if (table is not null)
            {
                GradientClipping.Apply(_options.Clipping, table);
            }

            return;
        }

        var norm = T.Sqrt(SquaredNorm(gradients) + SquaredNorm(table));
        var scale = T.Min(T.One, T.CreateTruncating(limit) / (norm + T.CreateTruncating(1e-6)));
        foreach (var tensor in gradients.Tensors.Concat(table.Tensors))
        {
            Vectors.Multiply(tensor.Values.Span, scale);
        }
    }

    private static T SquaredNorm(RnnWeights<T> weights)
    {
        return weights.Tensors.Aggregate(T.Zero, (sum, tensor) => sum + (Vectors.Norm<T>(tensor.Values.Span) * Vectors.Norm<T>(tensor.Values.Span)));
    }
}
