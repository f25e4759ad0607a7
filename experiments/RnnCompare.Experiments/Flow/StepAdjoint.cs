using RnnCompare.Bptt;
using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Flow;

/// <summary>The step Jacobians of a recorded layer whose cell is written by hand.</summary>
/// <remarks>
/// The network of all layers has a block-triangular Jacobian with these blocks on its diagonal.
/// The cell's own Backward does the work, so that there is no second statement of its derivative.
/// </remarks>
internal sealed class StepAdjoint : IStepAdjoint
{
    private readonly LayerRecord<double> _record;
    private readonly HandWrittenCell _cell;
    private readonly RecurrentWeights<double> _recurrent;
    private readonly int _hiddenSize;
    private Buffers? _buffers;

    /// <summary>Prepares the steps of a layer.</summary>
    /// <param name="weights">The weights that it was recorded with.</param>
    /// <param name="record">What it did.</param>
    public StepAdjoint(RnnWeights<double> weights, LayerRecord<double> record)
    {
        (_record, _cell, _hiddenSize) = (record, (HandWrittenCell)weights.Spec.Cell, weights.Spec.HiddenSize);
        _recurrent = new(_cell);
        _recurrent.PackBackward(weights.Layer(record.Layer, record.Reverse).Whh);
    }

    /// <inheritdoc/>
    public int StateSize => _cell.HasCellState ? 2 * _hiddenSize : _hiddenSize;

    /// <inheritdoc/>
    public int StepAt(int order, int length) => _record.Reverse ? length - 1 - order : order;

    /// <inheritdoc/>
    public NdArray<double> PullBack(NdArray<double> rows, int t, int b)
    {
        var (count, H) = (rows.Rows, _hiddenSize);
        if (_buffers?.Rows != count)
        {
            _buffers = new(count, _cell, H);
        }

        var buffers = _buffers;
        var row = (t * _record.Hidden.Shape[1]) + b;
        Spread(_record.Gates, row, buffers.Gates);
        Spread(_record.HiddenPrevious, row, buffers.HiddenPrevious);
        Spread(_record.Hidden, row, buffers.Hidden);
        Spread(_record.CellPrevious, row, buffers.CellPrevious);
        Spread(_record.Inner, row, buffers.Inner);
        rows.View().ColumnRange(0, H).CopyTo(buffers.dh.View());
        buffers.dhPrevious.Span.Clear();
        if (_cell.HasCellState)
        {
            rows.View().ColumnRange(H, H).CopyTo(buffers.dc.View());
        }

        _cell.Backward<double>(new()
        {
            Whh = _recurrent,
            Gates = buffers.Gates.View(),
            HiddenPrevious = buffers.HiddenPrevious.View(),
            Hidden = buffers.Hidden.View(),
            CellPrevious = buffers.CellPrevious.View(),
            Inner = buffers.Inner.View(),
            dh = buffers.dh.View(),
            dc = buffers.dc.View(),
            dz = buffers.dz.View(),
            dInner = buffers.dInner.View(),
            dhPrevious = buffers.dhPrevious.View(),
            dcPrevious = buffers.dcPrevious.View(),
        });

        var result = new NdArray<double>(count, StateSize);
        buffers.dhPrevious.View().CopyTo(result.View().ColumnRange(0, H));
        if (_cell.HasCellState)
        {
            buffers.dcPrevious.View().CopyTo(result.View().ColumnRange(H, H));
        }

        return result;
    }

    // One sequence's row for every vector that is carried; arrays of cells without such a value have no rows.
    private static void Spread(NdArray<double> source, int row, NdArray<double> destination)
    {
        for (var i = 0; i < destination.Rows; i++)
        {
            source.Row(row).CopyTo(destination.Row(i));
        }
    }

    private sealed class Buffers(int rows, HandWrittenCell cell, int size)
    {
        private readonly int _cellRows = cell.HasCellState ? rows : 0;
        private readonly int _innerRows = cell.KeepsInner ? rows : 0;

        public int Rows => rows;

        public NdArray<double> Gates { get; } = new(rows, cell.Gates.Count * size);

        public NdArray<double> HiddenPrevious { get; } = new(rows, size);

        public NdArray<double> Hidden { get; } = new(rows, size);

        public NdArray<double> CellPrevious => field ??= new(_cellRows, size);

        public NdArray<double> Inner => field ??= new(_innerRows, size);

        public NdArray<double> dh { get; } = new(rows, size);

        public NdArray<double> dc => field ??= new(_cellRows, size);

        public NdArray<double> dz { get; } = new(rows, cell.Gates.Count * size);

        public NdArray<double> dInner => field ??= new(_innerRows, size);

        public NdArray<double> dhPrevious { get; } = new(rows, size);

        public NdArray<double> dcPrevious => field ??= new(_cellRows, size);
    }
}
