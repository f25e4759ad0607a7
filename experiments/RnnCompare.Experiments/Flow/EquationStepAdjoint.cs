using RnnCompare.Equations;
using RnnCompare.Equations.Derivation;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Running;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Flow;

/// <summary>The step Jacobians of a layer whose cell is its equations: one step of them, computed again from its state and carried back.</summary>
internal sealed class EquationStepAdjoint : IStepAdjoint
{
    private readonly CellEquations _equations;
    private readonly LayerRun<double> _layer;
    private readonly LayerWeights<double> _weights;
    private readonly int _batchSize;
    private readonly (string Name, int Start, int Size)[] _states;
    private StepRun<double>? _step;

    /// <summary>Prepares the steps of a layer.</summary>
    /// <param name="equations">The cell.</param>
    /// <param name="run">The network, after a forward pass.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="place">The layer and direction.</param>
    public EquationStepAdjoint(CellEquations equations, NetworkRun<double> run, RnnWeights<double> weights, LayerPlace place)
    {
        _equations = equations;
        _layer = run.Layers[(place.Layer * weights.Spec.Directions) + (place.Reverse ? 1 : 0)];
        _weights = weights.Layer(place.Layer, place.Reverse);
        _batchSize = run.BatchSize;
        _states = new (string, int, int)[equations.States.Count];
        for (var i = 0; i < _states.Length; i++)
        {
            _states[i] = (equations.States[i].Name, StateSize, _layer.Memory[equations.States[i].Name].Columns);
            StateSize += _states[i].Size;
        }
    }

    /// <inheritdoc/>
    public int StateSize { get; }

    private StepMemory<double> Memory => _layer.Memory;

    /// <inheritdoc/>
    public int StepAt(int order, int length) => Memory.IsReverse ? length - 1 - order : order;

    /// <inheritdoc/>
    public NdArray<double> PullBack(NdArray<double> rows, int t, int b)
    {
        if (_step?.Memory.BatchSize != rows.Rows)
        {
            _step = NewStep(rows.Rows);
        }

        var (step, before) = (_step.Memory, t + (Memory.IsReverse ? 1 : -1));
        Spread(Memory[Scope.Input].Row((t * _batchSize) + b), step[Scope.Input]);
        foreach (var (name, _, _) in _states)
        {
            var isFirst = before < 0 || before >= Memory.Steps;
            Spread(isFirst ? Memory.Before(name).Row(b) : Memory[name].Row((before * _batchSize) + b), step.Before(name));
        }

        _step.Forward();
        step[AdjointNames.Out(_states[0].Name)].Clear();
        foreach (var (name, start, size) in _states)
        {
            rows.View().ColumnRange(start, size).CopyTo(step.Last(AdjointNames.Next(name)));
        }

        _step.Backward(keepsCarries: true);
        var result = new NdArray<double>(rows.Rows, StateSize);
        foreach (var (name, start, size) in _states)
        {
            step.Before(AdjointNames.Next(name)).CopyTo(result.View().ColumnRange(start, size));
        }

        return result;
    }

    private StepRun<double> NewStep(int rows)
    {
        var step = new StepRun<double>(_equations.Step, new(Memory.Letters, steps: 1, rows));
        _equations.PlaceWeights(step.Memory, _weights, name => name);
        return step;
    }

    private static void Spread(ReadOnlySpan<double> row, MatrixView<double> destination)
    {
        for (var i = 0; i < destination.Rows; i++)
        {
            row.CopyTo(destination.Row(i));
        }
    }
}
