using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Bptt;

/// <summary>What one layer in one direction remembers of a sequence: its states, gates and their adjoints at every step.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <remarks>
/// States have T+1 slots in the order of time. Forward in time, the initial state is slot 0 and step t writes slot t+1;
/// in reverse, the initial state is slot T and step t writes slot t. So in both directions the states of all steps are
/// one (T·B, H) matrix, and the previous states of all steps are another, one slot beside it.
/// </remarks>
internal sealed class CellTape<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly HandWrittenCell _cell;
    private readonly bool _reverse;

    public CellTape(RnnSpec spec, HandWrittenCell cell, int steps, int batchSize, bool reverse)
    {
        _cell = cell;
        _reverse = reverse;
        Steps = steps;
        BatchSize = batchSize;
        var (rows, H) = (spec.GateRows, spec.HiddenSize);
        Gates = new(steps, batchSize, rows);
        dz = new(steps, batchSize, rows);
        Hidden = new(steps + 1, batchSize, H);
        dHidden = new(steps + 1, batchSize, H);
        var cellSteps = cell.HasCellState ? steps + 1 : 0;
        Cell = new(cellSteps, batchSize, H);
        dCell = new(cellSteps, batchSize, H);
        var innerSteps = cell.KeepsInner ? steps : 0;
        Inner = new(innerSteps, batchSize, H);
        dInner = new(innerSteps, batchSize, H);
    }

    public int Steps { get; }

    public int BatchSize { get; }

    public NdArray<T> Gates { get; } // (T, B, G·H), pre-activations first

    public NdArray<T> dz { get; } // (T, B, G·H)

    public NdArray<T> Hidden { get; } // (T+1, B, H)

    public NdArray<T> dHidden { get; } // (T+1, B, H), total

    public NdArray<T> Cell { get; } // (T+1, B, H)

    public NdArray<T> dCell { get; } // (T+1, B, H)

    public NdArray<T> Inner { get; } // (T, B, H)

    public NdArray<T> dInner { get; } // (T, B, H)

    /// <summary>The slot of the state before the first step.</summary>
    public int InitialSlot => _reverse ? Steps : 0;

    /// <summary>The slot of the state after the last step.</summary>
    public int FinalSlot => _reverse ? 0 : Steps;

    /// <summary>The slot that step t writes.</summary>
    public int Slot(int t) => _reverse ? t : t + 1;

    /// <summary>The slot that step t reads.</summary>
    public int PreviousSlot(int t) => _reverse ? t + 1 : t;

    /// <summary>The step of time that is computed as number <paramref name="order"/>.</summary>
    public int StepAt(int order) => _reverse ? Steps - 1 - order : order;

    /// <summary>The states of all steps (T·B, H).</summary>
    public MatrixView<T> States(NdArray<T> slots) => slots.View().RowRange(Slot(0) * BatchSize, Steps * BatchSize);

    /// <summary>The previous states of all steps (T·B, H).</summary>
    public MatrixView<T> PreviousStates(NdArray<T> slots) => slots.View().RowRange(PreviousSlot(0) * BatchSize, Steps * BatchSize);

    /// <summary>Clears what a backward pass reads before anything has been written to it: the adjoints of the state before the first step and of the last cell state.</summary>
    public void ClearUnwrittenAdjoints()
    {
        dHidden.Step(InitialSlot).Clear();
        if (_cell.HasCellState)
        {
            dCell.Step(FinalSlot).Clear();
        }
    }

    public CellForward<T> ForwardStep(int t, int start, int count, RecurrentWeights<T> Whh, ReadOnlySpan<T> bhn)
    {
        return new()
        {
            Whh = Whh,
            bhn = bhn,
            Gates = Rows(Gates, t, start, count),
            HiddenPrevious = Rows(Hidden, PreviousSlot(t), start, count),
            Hidden = Rows(Hidden, Slot(t), start, count),
            CellPrevious = _cell.HasCellState ? Rows(Cell, PreviousSlot(t), start, count) : default,
            Cell = _cell.HasCellState ? Rows(Cell, Slot(t), start, count) : default,
            Inner = _cell.KeepsInner ? Rows(Inner, t, start, count) : default,
        };
    }

    public CellBackward<T> BackwardStep(int t, int start, int count, RecurrentWeights<T> Whh)
    {
        return new()
        {
            Whh = Whh,
            Gates = Rows(Gates, t, start, count),
            HiddenPrevious = Rows(Hidden, PreviousSlot(t), start, count),
            Hidden = Rows(Hidden, Slot(t), start, count),
            CellPrevious = _cell.HasCellState ? Rows(Cell, PreviousSlot(t), start, count) : default,
            Inner = _cell.KeepsInner ? Rows(Inner, t, start, count) : default,
            dh = Rows(dHidden, Slot(t), start, count),
            dc = _cell.HasCellState ? Rows(dCell, Slot(t), start, count) : default,
            dz = Rows(dz, t, start, count),
            dInner = _cell.KeepsInner ? Rows(dInner, t, start, count) : default,
            dhPrevious = Rows(dHidden, PreviousSlot(t), start, count),
            dcPrevious = _cell.HasCellState ? Rows(dCell, PreviousSlot(t), start, count) : default,
        };
    }

    /// <summary>Sequences pass a step that is past their end: their states stay as they were.</summary>
    public void Hold(int t, int start, int count)
    {
        Rows(Hidden, PreviousSlot(t), start, count).CopyTo(Rows(Hidden, Slot(t), start, count));
        if (_cell.HasCellState)
        {
            Rows(Cell, PreviousSlot(t), start, count).CopyTo(Rows(Cell, Slot(t), start, count));
        }
    }

    /// <summary>The adjoint of <see cref="Hold"/>: it passes unchanged, and the step has no dz.</summary>
    public void HoldBackward(int t, int start, int count)
    {
        Span(dz, t, start, count).Clear();
        Vectors.Add<T>(Span(dHidden, Slot(t), start, count), Span(dHidden, PreviousSlot(t), start, count));
        if (_cell.HasCellState)
        {
            Span(dCell, Slot(t), start, count).CopyTo(Span(dCell, PreviousSlot(t), start, count));
        }

        if (_cell.KeepsInner)
        {
            Span(Inner, t, start, count).Clear();
            Span(dInner, t, start, count).Clear();
        }
    }

    /// <summary>A copy of all steps.</summary>
    /// <param name="layer">The layer that it is the tape of.</param>
    public LayerRecord<T> Record(int layer)
    {
        return new()
        {
            Layer = layer,
            Reverse = _reverse,
            Gates = Gates.Clone(),
            HiddenPrevious = PreviousSteps(Hidden),
            Hidden = Hidden.Cut(Slot(0), Slot(0) + Steps),
            CellPrevious = PreviousSteps(Cell),
            Inner = Inner.Clone(),
            dHidden = dHidden.Cut(Slot(0), Slot(0) + Steps),
            dz = dz.Clone(),
        };
    }

    private NdArray<T> PreviousSteps(NdArray<T> slots) => slots.Length == 0 ? slots : slots.Cut(PreviousSlot(0), PreviousSlot(0) + Steps);

    private MatrixView<T> Rows(NdArray<T> buffer, int step, int start, int count) => MatrixView<T>.Within(buffer, (step * BatchSize) + start, count);

    private Span<T> Span(NdArray<T> buffer, int step, int start, int count)
    {
        return buffer.Span.Slice(((step * BatchSize) + start) * buffer.Columns, count * buffer.Columns);
    }
}
