using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Models;

namespace RnnCompare.Checking.Faults;

/// <summary>What decides which mistakes a program can have made, and which parameters are worth trying.</summary>
internal sealed record FaultContext
{
    public required RnnSpec Spec { get; init; }

    public required SequenceBatch<double> Batch { get; init; }

    /// <summary>The entries of dbh that may fill a whole bias or gate.</summary>
    public IReadOnlyList<int> HiddenEntries { get; init; } = [0];

    /// <summary>The entries of dby that may fill it.</summary>
    public IReadOnlyList<int> OutputEntries { get; init; } = [0];

    /// <summary>The limit that elements may have been clamped to; NaN where there is nothing to find.</summary>
    public double ElementLimit { get; init; } = double.NaN;

    /// <summary>The norm that all gradients together may have been scaled to; NaN where it is to be found.</summary>
    public double NormLimit { get; init; } = double.NaN;

    /// <summary>T.</summary>
    public int Steps => Batch.Steps;

    /// <summary>B.</summary>
    public int BatchSize => Batch.BatchSize;

    /// <summary>Whether sequences end before step T.</summary>
    public bool HasPadding => Batch.Lengths is { } lengths && lengths.Any(length => length < Steps);

    /// <summary>The gates' names, in their order.</summary>
    public IReadOnlyList<string> Gates => [.. Spec.Cell.Gates.Select(gate => gate.Name)];

    /// <summary>Whether the cell has a single activation and no gates.</summary>
    public bool IsPlain => Spec.Cell.Family == RnnCell.Tanh.Family;

    /// <summary>Whether the cell is an LSTM.</summary>
    public bool IsLstm => Spec.Cell.Family == LstmCell.Instance.Family;

    /// <summary>Whether the cell is a GRU.</summary>
    public bool IsGru => Spec.Cell.Family == GruCell.Instance.Family;

    /// <summary>All gates as bits.</summary>
    public int AllGates => (1 << Spec.Cell.Gates.Count) - 1;
}
