using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Products;

namespace RnnCompare.Bptt;

/// <summary>One recurrent layer in one direction, unrolled over the steps of a batch.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class RecurrentLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // As many sequences make good use of each weight that is read. Where there are enough for all threads, parts are no
    // larger, so that a thread that was held up leaves its next part to another.
    private const int PartSequences = 8;

    // Multiply-adds that a part should have at least.
    private const long PartSize = 1 << 22;

    private readonly HandWrittenCell _cell;
    private readonly RecurrentWeights<T> _recurrent;
    private readonly LayerWeights<T> _weights;
    private readonly Workers _workers;
    private readonly int _rowsOfPart;
    private readonly int _parts;

    public RecurrentLayer(RnnSpec spec, LayerWeights<T> weights, int steps, int batchSize, bool reverse, Workers workers)
    {
        _workers = workers;
        _cell = (HandWrittenCell)spec.Cell;
        _weights = weights;
        _recurrent = new(_cell);
        Tape = new(spec, _cell, steps, batchSize, reverse);

        // Sequences do not depend on each other, so that a part takes its rows through the whole loop without waiting for others.
        // To share each step over blocks of outputs brought nothing at any size tried (LSTM of 1024 and 2048, B from 1 to 16):
        // threads are woken for every step, and a product of few rows waits for memory anyway.
        var threads = Math.Min(workers.PartsFor((long)steps * batchSize * weights.Whh.Length, PartSize), batchSize);
        _rowsOfPart = threads > 1 && batchSize >= PartSequences * threads ? PartSequences : (batchSize + threads - 1) / threads;
        _parts = (batchSize + _rowsOfPart - 1) / _rowsOfPart;
    }

    public CellTape<T> Tape { get; }

    /// <summary>Computes every step. The initial state must stand in the tape's initial slot.</summary>
    /// <param name="inputs">What enters the layer at every step.</param>
    /// <param name="lengths">The steps of each sequence; null where all have T.</param>
    public void Forward(LayerInputs<T> inputs, IReadOnlyList<int>? lengths)
    {
        // x_t·Wxhᵀ + bh for all steps at once
        inputs.Project(_weights, Tape.Gates.View(), _workers);
        _recurrent.PackForward(_weights.Whh);
        var job = new Job(this, lengths);
        _workers.Run(_parts, ref job, static (ref Job job, int part) => job.Layer.ForwardRows(job.Lengths, job.Layer.RowsOf(part)));
    }

    /// <summary>
    /// Carries the adjoints back through every step. On entry the tape's dHidden holds what reaches each step's state from
    /// outside of the recurrence; on return it holds the total, and its initial slot the adjoint of the initial state.
    /// </summary>
    public void Backward(IReadOnlyList<int>? lengths)
    {
        _recurrent.PackBackward(_weights.Whh);
        var job = new Job(this, lengths);
        _workers.Run(_parts, ref job, static (ref Job job, int part) => job.Layer.BackwardRows(job.Lengths, job.Layer.RowsOf(part)));
    }

    /// <summary>Writes the gradients of the layer's weights, one product each over all (T·B).</summary>
    public void WriteWeightGradients(LayerInputs<T> inputs, LayerWeights<T> gradients)
    {
        var dz = Tape.dz.View();
        inputs.WeightGradient(dz, gradients.Wxh, _workers);
        gradients.bh.Span.Clear();
        MatrixRows.AddColumnSums(dz, gradients.bh.Span, _workers);
        _cell.WriteRecurrentGradients<T>(new()
        {
            PreActivation = dz,
            HiddenPrevious = Tape.PreviousStates(Tape.Hidden),
            Inner = Tape.Inner.View(),
            dInner = Tape.dInner.View(),
            dWhh = gradients.Whh.View(),
            dbhn = gradients.bhn is { } dbhn ? dbhn.Span : default,
            Workers = _workers,
        });
    }

    /// <summary>Computes the adjoint of the layer's inputs: dx = dz·Wxh.</summary>
    /// <param name="dx">(T·B, I).</param>
    /// <param name="add">Whether it is added to what is there.</param>
    public void InputGradient(MatrixView<T> dx, bool add)
    {
        if (add)
        {
            MatrixProduct.AddProduct(Tape.dz.View(), _weights.Wxh.View(), dx, _workers);
        }
        else
        {
            MatrixProduct.Product(Tape.dz.View(), _weights.Wxh.View(), dx, _workers);
        }
    }

    private void ForwardRows(IReadOnlyList<int>? lengths, Range rows)
    {
        ReadOnlySpan<T> bhn = _weights.bhn is { } bias ? bias.Span : default;
        for (var order = 0; order < Tape.Steps; order++)
        {
            var t = Tape.StepAt(order);
            var runs = new ActiveRows(lengths, t, rows);
            while (runs.Next(out var start, out var count, out var active))
            {
                if (active)
                {
                    _cell.Forward(Tape.ForwardStep(t, start, count, _recurrent, bhn));
                }
                else
                {
                    Tape.Hold(t, start, count);
                }
            }
        }
    }

    private void BackwardRows(IReadOnlyList<int>? lengths, Range rows)
    {
        for (var order = Tape.Steps - 1; order >= 0; order--)
        {
            var t = Tape.StepAt(order);
            var runs = new ActiveRows(lengths, t, rows);
            while (runs.Next(out var start, out var count, out var active))
            {
                if (active)
                {
                    _cell.Backward(Tape.BackwardStep(t, start, count, _recurrent));
                }
                else
                {
                    Tape.HoldBackward(t, start, count);
                }
            }
        }
    }

    private Range RowsOf(int part) => (part * _rowsOfPart)..Math.Min((part + 1) * _rowsOfPart, Tape.BatchSize);

    private readonly record struct Job(RecurrentLayer<T> Layer, IReadOnlyList<int>? Lengths);
}
