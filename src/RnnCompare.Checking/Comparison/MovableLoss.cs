using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Comparison;

/// <summary>An engine's loss as a function of every array that it depends on.</summary>
internal sealed class MovableLoss
{
    private readonly IRnnEngine<double> _engine;
    private readonly RnnWeights<double> _original;
    private readonly RnnWeights<double> _moved;
    private readonly SequenceBatch<double> _batch;

    public MovableLoss(IRnnEngine<double> engine, SequenceBatch<double> batch)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(batch);
        _engine = engine;
        (_original, _moved) = (engine.ReadWeights(), engine.ReadWeights());
        var result = engine.Gradients(batch);
        Scale = Math.Abs(result.Loss) + engine.Forward(batch).Outputs.Data.Max(Math.Abs);
        var state = (batch.InitialState ?? RnnState<double>.Zeros(engine.Spec, batch.BatchSize)).Convert<double>();
        _batch = batch with { InitialState = state, Inputs = batch.Inputs.Values is { } x ? new(x.Clone()) : batch.Inputs };
        Arrays =
        [
            .. _moved.Tensors.Zip(result.Weights.Tensors, (tensor, gradient) => Array(tensor.Name, tensor.Values, gradient.Values)),
            .. result.Inputs is { } dx ? [Array("x", _batch.Inputs.Values!, dx)] : System.Array.Empty<MovableArray>(),
            Array("h0", state.Hidden, result.InitialState.Hidden),
            .. state.Cell is not null ? [Array("c0", state.Cell, result.InitialState.Cell!)] : System.Array.Empty<MovableArray>(),
        ];
    }

    /// <summary>The arrays.</summary>
    public IReadOnlyList<MovableArray> Arrays { get; }

    /// <summary>The size of the terms that the loss is made of: differences of losses are rounded like these.</summary>
    public double Scale { get; }

    /// <summary>The loss some steps along directions through some of the arrays.</summary>
    public double At(IReadOnlyList<MovableArray> arrays, IReadOnlyList<double[]> directions, double step)
    {
        foreach (var (array, direction) in arrays.Zip(directions))
        {
            for (var i = 0; i < direction.Length; i++)
            {
                array.Values.Data[i] = array.Original.Data[i] + (step * direction[i]);
            }
        }

        _engine.LoadWeights(_moved);
        var loss = _engine.Gradients(_batch).Loss;
        foreach (var array in arrays)
        {
            array.Original.Span.CopyTo(array.Values.Span);
        }

        return loss;
    }

    /// <summary>Gives the engine its own weights back.</summary>
    public void PutBack() => _engine.LoadWeights(_original);

    private static MovableArray Array(string name, NdArray<double> values, NdArray<double> gradient)
    {
        return new(TensorNames.Gradient(name), values, values.Clone(), gradient);
    }
}
