using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>A forward pass written for reading: one step after the other, every intermediate value kept.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class ForwardPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Arithmetic<T> _arithmetic;

    public ForwardPass(RnnWeights<T> weights, SequenceBatch<T> batch, ForwardVariant variant, Arithmetic<T> arithmetic)
    {
        _arithmetic = arithmetic;
        var inputs = ProgramInputs<T>.Read(weights, batch, variant);
        (Weights, Batch) = (inputs.Weights, inputs.Batch);
        Lengths = [.. Enumerable.Range(0, batch.BatchSize).Select(Batch.LengthOf)];
        (Layers, Equations) = (new LayerTape<T>[Spec.Layers * Spec.Directions], new CellEquations<T>[Spec.Layers * Spec.Directions]);
        Features = new(batch.Steps, batch.BatchSize, Spec.FeatureSize);
        for (var layer = 0; layer < Spec.Layers; layer++)
        {
            RunLayer(layer, layer == 0 ? new(Batch.Inputs) : new(Features), variant);
        }

        Outputs = RunOutputs();
    }

    /// <summary>The weights as the program read them.</summary>
    public RnnWeights<T> Weights { get; }

    /// <summary>The batch as the program read it.</summary>
    public SequenceBatch<T> Batch { get; }

    public RnnSpec Spec => Weights.Spec;

    /// <summary>The steps of each sequence (B).</summary>
    public int[] Lengths { get; }

    /// <summary>Layers and directions in the order of <see cref="RnnState{T}"/>.</summary>
    public LayerTape<T>[] Layers { get; }

    /// <summary>The equations of each layer and direction.</summary>
    public CellEquations<T>[] Equations { get; }

    /// <summary>The top layer's hidden states (T, B, D·H), zero past a sequence's end.</summary>
    public NdArray<T> Features { get; private set; }

    /// <summary>y, (T, B, O) or (B, O).</summary>
    public NdArray<T> Outputs { get; }

    /// <summary>The weights of a layer and direction.</summary>
    public LayerWeights<T> WeightsOf(int index) => Weights.Layer(index / Spec.Directions, index % Spec.Directions == 1);

    /// <summary>What the output layer reads: (T·B, D·H), or each sequence's last step (B, D·H).</summary>
    public NdArray<T> OutputInputs()
    {
        if (Spec.Outputs == OutputMode.EveryStep)
        {
            return Features;
        }

        var last = new NdArray<T>(Lengths.Length, Features.Columns);
        for (var b = 0; b < Lengths.Length; b++)
        {
            Features.Row(((Lengths[b] - 1) * Lengths.Length) + b).CopyTo(last.Row(b));
        }

        return last;
    }

    private void RunLayer(int layer, StepInputs<T> inputs, ForwardVariant variant)
    {
        var features = new NdArray<T>([.. Features.Shape]);
        for (var direction = 0; direction < Spec.Directions; direction++)
        {
            var index = (layer * Spec.Directions) + direction;
            var weights = WeightsOf(index);
            var tape = new LayerTape<T>(inputs, weights.Whh, Lengths, features.Shape[0], Spec.GateRows, direction == 1);
            (Layers[index], Equations[index]) = (tape, CellEquations<T>.Create(Spec, weights, variant, _arithmetic));
            MatrixRows.Broadcast(weights.bh.Span, tape.Z.View());
            inputs.AddProjection(weights.Wxh, tape.Z, _arithmetic);
            RunSteps(tape, Equations[index], index);
            tape.H.View().CopyTo(features.View().ColumnRange(direction * Spec.HiddenSize, Spec.HiddenSize));
        }

        Features = features;
    }

    private void RunSteps(LayerTape<T> tape, CellEquations<T> equations, int index)
    {
        Batch.InitialState?.Hidden.Step(index).CopyTo(tape.FinalH.Span);
        Batch.InitialState?.Cell?.Step(index).CopyTo(tape.FinalC.Span);
        var c = new NdArray<T>(tape.BatchSize, tape.HiddenSize);
        for (var order = 0; order < tape.Steps; order++)
        {
            var t = tape.StepAt(order);
            tape.FinalH.Span.CopyTo(tape.HPrevious.Step(t));
            tape.FinalC.Span.CopyTo(tape.CPrevious.Step(t));
            equations.Forward(tape, t, c);
            for (var b = 0; b < tape.BatchSize; b++)
            {
                var h = tape.H.Row((t * tape.BatchSize) + b);
                if (tape.IsActive(t, b))
                {
                    h.CopyTo(tape.FinalH.Row(b));
                    c.Row(b).CopyTo(tape.FinalC.Row(b));
                }
                else
                {
                    h.Clear();
                }
            }
        }
    }

    private NdArray<T> RunOutputs()
    {
        var h = OutputInputs();
        var y = new NdArray<T>([.. h.Shape[..^1], Spec.OutputSize]);
        MatrixRows.Broadcast(Weights.by.Span, y.View());
        _arithmetic.AddProduct(h.View(), Weights.Why.View().Transposed, y.View());
        _arithmetic.Wobble(y.Span);
        if (Spec.Outputs == OutputMode.EveryStep)
        {
            Padding.Clear(y, Lengths);
        }

        return y;
    }
}
