using System.Numerics;
using RnnCompare.Bptt;
using RnnCompare.Data;
using RnnCompare.Equations.Derivation;
using RnnCompare.Equations.Expressions;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Equations.Running;

/// <summary>A network whose layers, read-out and loss are programs, unrolled over the steps of a batch.</summary>
/// <typeparam name="T">The precision.</typeparam>
public sealed class NetworkRun<T> : IUnrolledNetwork<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RnnSpec _spec;
    private readonly NdArray<T> _features; // (T, B, D·H), of the top layer
    private readonly NdArray<T> _dFeatures; // (T, B, D·H), of the layer at hand

    /// <summary>Binds the programs of a network.</summary>
    /// <param name="weights">The weights, which are read again at every pass.</param>
    /// <param name="programs">The programs; null for those that follow from the cell's equations.</param>
    /// <param name="steps">T.</param>
    /// <param name="batchSize">B.</param>
    /// <param name="workers">Who shares large products; null computes on the calling thread.</param>
    /// <param name="memoryOf">A run of the same network and shape whose memory is used again, for programs that differ in their statements only; null for memory of its own.</param>
    /// <param name="disturbance">What changes every value as soon as it is computed, in memory of its own; null for nothing.</param>
    /// <exception cref="ArgumentException">An edited statement does not fit.</exception>
    public NetworkRun(RnnWeights<T> weights, NetworkPrograms? programs, int steps, int batchSize, Workers? workers = null, NetworkRun<T>? memoryOf = null, Disturbance<T>? disturbance = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _spec = weights.Spec;
        (Steps, BatchSize) = (steps, batchSize);
        Programs = programs ?? NetworkPrograms.Of(_spec);
        var equations = EquationCell.EquationsOf(_spec.Cell);
        workers ??= new(1);
        var layers = new LayerRun<T>[Programs.Layers.Count];
        Layers = layers;
        for (var i = 0; i < layers.Length; i++)
        {
            var (layer, isReverse) = (i / _spec.Directions, i % _spec.Directions == 1);
            layers[i] = memoryOf is not null
                ? new(memoryOf.Layers[i], Programs.Layers[i])
                : new(equations, Programs.Layers[i], new(equations.LettersFor(_spec.LayerInputSize(layer), _spec.HiddenSize), steps, batchSize, isReverse, workers, disturbance));
            layers[i].PlaceWeights(weights.Layer(layer, isReverse));
        }

        ReadOut = new(_spec, Programs.ReadOut, equations.States[0].Name, steps, batchSize, workers, disturbance, memoryOf?.ReadOut);
        ReadOut.PlaceWeights(weights);
        _features = new(steps, batchSize, _spec.FeatureSize);
        _dFeatures = new(steps, batchSize, _spec.FeatureSize);
    }

    /// <summary>The programs.</summary>
    public NetworkPrograms Programs { get; }

    /// <summary>Every layer and direction, in the order of <see cref="RnnState{T}"/>.</summary>
    public IReadOnlyList<LayerRun<T>> Layers { get; }

    /// <summary>The read-out.</summary>
    public ReadOutRun<T> ReadOut { get; }

    /// <inheritdoc/>
    public int Steps { get; }

    /// <inheritdoc/>
    public int BatchSize { get; }

    /// <inheritdoc/>
    public NdArray<T> Outputs => ReadOut.Outputs;

    /// <inheritdoc/>
    public MatrixView<T> Features => _features.View();

    /// <inheritdoc/>
    public void Forward(SequenceBatch<T> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (var i = 0; i < Layers.Count; i++)
        {
            var layer = i / _spec.Directions;
            if (layer == 0)
            {
                Layers[i].LoadInputs(batch.Inputs);
            }
            else
            {
                CopyFeatures(layer - 1, Layers[i].Inputs);
            }

            Layers[i].LoadState(batch.InitialState, i);
            Layers[i].Run.Forward(batch.Lengths);
        }

        CopyFeatures(_spec.Layers - 1, _features.View());
        ReadOut.LoadFeatures(_features.View(), batch);
        ReadOut.Run.Forward();
    }

    /// <inheritdoc/>
    public double Backward(SequenceBatch<T> batch, RnnWeights<T> gradients, NdArray<T>? dx)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(gradients);
        ReadOut.PlaceGradients(gradients);
        var loss = ReadOut.LoadTargets(batch);
        ReadOut.Run.Backward();
        ReadOut.CopyFeatureAdjoint(_dFeatures.View(), batch);
        BackwardThroughLayers(batch, gradients, dx);
        return loss;
    }

    /// <inheritdoc/>
    public void Backward(SequenceBatch<T> batch, NdArray<T> dHidden, RnnWeights<T> gradients, NdArray<T>? dx)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(dHidden);
        ArgumentNullException.ThrowIfNull(gradients);
        dHidden.View().CopyTo(_dFeatures.View());
        BackwardThroughLayers(batch, gradients, dx);
    }

    /// <inheritdoc/>
    public void CopyFinalState(RnnState<T> destination)
    {
        for (var i = 0; i < Layers.Count; i++)
        {
            Layers[i].CopyFinalState(destination, i);
        }
    }

    /// <inheritdoc/>
    public void CopyInitialGradient(RnnState<T> destination)
    {
        for (var i = 0; i < Layers.Count; i++)
        {
            Layers[i].CopyInitialGradient(destination, i);
        }
    }

    /// <inheritdoc/>
    public void CopyHiddenGradient(int index, MatrixView<T> destination) => Layers[index].dHidden.CopyTo(destination);

    private void BackwardThroughLayers(SequenceBatch<T> batch, RnnWeights<T> gradients, NdArray<T>? dx)
    {
        LayerRun<T>? before = null;
        for (var layer = _spec.Layers - 1; layer >= 0; layer--)
        {
            for (var d = 0; d < _spec.Directions; d++)
            {
                var run = Layers[(layer * _spec.Directions) + d];
                run.PlaceGradients(gradients.Layer(layer, reverse: d == 1));
                run.Memory.Give(AdjointNames.Of(Scope.Input), layer == 0 && dx is null); // nobody asks for it
                Half(_dFeatures, d).CopyTo(run.dFeatures);
                if (Programs.KeepsCarries && before is not null)
                {
                    run.CopyCarries(before);
                }

                run.Run.Backward(batch.Lengths, keepsCarries: Programs.KeepsCarries && before is not null);
                before = run;
            }

            if (layer > 0)
            {
                CopyInputAdjoint(layer, _dFeatures.View());
            }
        }

        if (dx is not null)
        {
            CopyInputAdjoint(0, dx.View());
        }
    }

    private void CopyFeatures(int layer, MatrixView<T> destination)
    {
        for (var d = 0; d < _spec.Directions; d++)
        {
            Layers[(layer * _spec.Directions) + d].Features.CopyTo(destination.ColumnRange(d * _spec.HiddenStateSize, _spec.HiddenStateSize));
        }
    }

    private void CopyInputAdjoint(int layer, MatrixView<T> destination)
    {
        var first = layer * _spec.Directions;
        Layers[first].dInputs.CopyTo(destination);
        for (var d = 1; d < _spec.Directions; d++)
        {
            Vectors.Add<T>(Layers[first + d].dInputs.Flat(), destination.Flat());
        }
    }

    private MatrixView<T> Half(NdArray<T> both, int direction) => both.View().ColumnRange(direction * _spec.HiddenStateSize, _spec.HiddenStateSize);
}
