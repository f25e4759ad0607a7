using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Equations.Derivation;
using RnnCompare.Equations.Programs;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Equations.Running;

/// <summary>The read-out and the loss behind the top layer, for every step or for each sequence's last one.</summary>
/// <typeparam name="T">The precision.</typeparam>
public sealed class ReadOutRun<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RnnSpec _spec;
    private readonly string _state;
    private readonly int _batchSize;
    private readonly NdArray<T> _outputs;
    private readonly T[] _exponentials;

    internal ReadOutRun(RnnSpec spec, StepProgram program, string state, int steps, int batchSize, Workers workers, Disturbance<T>? disturbance, ReadOutRun<T>? like)
    {
        (_spec, _state, _batchSize) = (spec, state, batchSize);
        var isLast = spec.Outputs == OutputMode.LastStep;
        var letters = new Dictionary<string, int> { ["O"] = spec.OutputSize, ["F"] = spec.FeatureSize };
        Run = new(program, like?.Memory ?? new(letters, isLast ? 1 : steps, batchSize, workers: workers, disturbance: disturbance), like?.Run);
        _exponentials = new T[spec.OutputSize];
        _outputs = isLast ? new(batchSize, spec.OutputSize) : new(steps, batchSize, spec.OutputSize);
    }

    /// <summary>The bound program.</summary>
    public StepRun<T> Run { get; }

    /// <summary>The values: a row for every (step, sequence) pair, or for every sequence.</summary>
    public StepMemory<T> Memory => Run.Memory;

    internal NdArray<T> Outputs
    {
        get
        {
            Memory[LossStatements.Output].CopyTo(_outputs.View());
            return _outputs;
        }
    }

    internal void PlaceWeights(RnnWeights<T> weights)
    {
        Memory.Place(TensorNames.Why, weights.Why.Data);
        Memory.Place(TensorNames.By, weights.by.Data);
    }

    internal void PlaceGradients(RnnWeights<T> gradients)
    {
        Memory.Place(AdjointNames.Of(TensorNames.Why), gradients.Why.Data);
        Memory.Place(AdjointNames.Of(TensorNames.By), gradients.by.Data);
    }

    /// <summary>Takes the states of the top layer.</summary>
    /// <param name="features">(T·B, D·H).</param>
    /// <param name="batch">The lengths.</param>
    internal void LoadFeatures(MatrixView<T> features, SequenceBatch<T> batch)
    {
        var destination = Memory[_state];
        if (_spec.Outputs == OutputMode.EveryStep)
        {
            features.CopyTo(destination);
            return;
        }

        for (var b = 0; b < _batchSize; b++)
        {
            features.Row(LastRow(batch, b)).CopyTo(destination.Row(b));
        }
    }

    /// <summary>Hands the adjoint of the top layer's states on.</summary>
    internal void CopyFeatureAdjoint(MatrixView<T> destination, SequenceBatch<T> batch)
    {
        var source = Memory[AdjointNames.Out(_state)];
        if (_spec.Outputs == OutputMode.EveryStep)
        {
            source.CopyTo(destination);
            return;
        }

        destination.Clear();
        for (var b = 0; b < _batchSize; b++)
        {
            source.Row(b).CopyTo(destination.Row(LastRow(batch, b)));
        }
    }

    /// <summary>Takes targets and loss weights; computes the loss of the outputs that stand in the memory.</summary>
    internal double LoadTargets(SequenceBatch<T> batch)
    {
        var (weights, y) = (batch.LossWeightsFor(_spec), Outputs);
        weights.Span.CopyTo(Memory[LossStatements.LossWeight].Flat());
        var destination = Memory[LossStatements.Target];
        var loss = 0.0;
        for (var row = 0; row < y.Rows; row++)
        {
            var target = destination.Row(row);
            if (batch.Targets!.Classes is { } classes)
            {
                target.Clear();
                target[(int)classes.Data[row]] = T.One;
            }
            else
            {
                batch.Targets.Values!.Row(row).CopyTo(target);
            }

            var weight = double.CreateChecked(weights.Data[row]);
            loss += weight == 0 ? 0 : weight * LossOf(y.Row(row), target);
        }

        return loss;
    }

    private double LossOf(ReadOnlySpan<T> y, ReadOnlySpan<T> target)
    {
        if (_spec.Loss == LossKind.SquaredError)
        {
            var sum = 0.0;
            for (var o = 0; o < y.Length; o++)
            {
                var error = double.CreateChecked(y[o] - target[o]);
                sum += error * error;
            }

            return sum / 2;
        }

        // log Σ exp(y) − y of the target, from the largest so that nothing overflows.
        var largest = Vectors.Max(y);
        Vectors.ExponentialsBelow(y, largest, _exponentials);
        return double.CreateChecked(T.Log(Vectors.Sum<T>(_exponentials)) - (y[target.IndexOf(T.One)] - largest));
    }

    private int LastRow(SequenceBatch<T> batch, int b) => ((batch.LengthOf(b) - 1) * _batchSize) + b;
}
