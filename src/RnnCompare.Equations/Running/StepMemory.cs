using System.Numerics;
using RnnCompare.Equations.Expressions;
using RnnCompare.Numerics;

namespace RnnCompare.Equations.Running;

/// <summary>Changes values as soon as they are computed: so a pass can be repeated with other roundings.</summary>
/// <param name="values">Some values that one statement, or one function in it, computed.</param>
/// <typeparam name="T">The precision.</typeparam>
public delegate void Disturbance<T>(Span<T> values);

/// <summary>The values of a program at every step of a batch. Edited programs of the same names and shapes share one.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <remarks>
/// A value has a row for each (step, sequence) pair, and one step more at either end: there stand a state before the first
/// step and a carry after the last, and zeros elsewhere. In reverse the computation begins at the last step of time.
/// </remarks>
public sealed class StepMemory<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<string, Operand<T>> _operands = [];

    /// <summary>Creates memory without values.</summary>
    /// <param name="letters">What every letter of a length stands for.</param>
    /// <param name="steps">T.</param>
    /// <param name="batchSize">B.</param>
    /// <param name="isReverse">Whether the computation goes from the last step of time to the first.</param>
    /// <param name="workers">Who shares large products; null computes on the calling thread.</param>
    /// <param name="disturbance">What changes every value as soon as it is computed; null for nothing.</param>
    public StepMemory(IReadOnlyDictionary<string, int> letters, int steps, int batchSize, bool isReverse = false, Workers? workers = null, Disturbance<T>? disturbance = null)
    {
        Disturbance = disturbance;
        (Letters, Steps, BatchSize, IsReverse) = (letters, steps, batchSize, isReverse);
        Workers = workers ?? new(1);
    }

    /// <summary>What every letter of a length stands for.</summary>
    public IReadOnlyDictionary<string, int> Letters { get; }

    /// <summary>T.</summary>
    public int Steps { get; }

    /// <summary>B.</summary>
    public int BatchSize { get; }

    /// <summary>Whether the computation goes from the last step of time to the first.</summary>
    public bool IsReverse { get; }

    internal Workers Workers { get; }

    internal Disturbance<T>? Disturbance { get; }

    /// <summary>The rows of all steps.</summary>
    internal Block AllSteps => new(BatchSize, Steps * BatchSize);

    /// <summary>The step of time that is computed as number <paramref name="order"/>; −1 and T are the steps beyond the ends.</summary>
    internal int StepAt(int order) => IsReverse ? Steps - 1 - order : order;

    /// <summary>The rows of some sequences at a step.</summary>
    internal Block RowsAt(int step, int start, int count) => new(((step + 1) * BatchSize) + start, count);

    /// <summary>How many rows away a value is that was computed some steps before or after.</summary>
    internal int RowsAway(int shift) => (IsReverse ? -shift : shift) * BatchSize;

    /// <summary>A name's values at all steps (T·B, n), of a weight or gradient its own; to be read, or to be written before a pass.</summary>
    /// <exception cref="KeyNotFoundException">No program on this memory has the name.</exception>
    public MatrixView<T> this[string name]
    {
        get
        {
            var operand = _operands[name];
            return operand.IsShared ? operand.Matrix : new(operand.At(AllSteps, 0), AllSteps.Count, operand.Columns);
        }
    }

    /// <summary>A state before the first step (B, n), or a carry as it leaves the first step: the adjoint of that state.</summary>
    public MatrixView<T> Before(string name) => At(name, StepAt(-1));

    /// <summary>A state after the last step (B, n).</summary>
    public MatrixView<T> Last(string name) => At(name, StepAt(Steps - 1));

    /// <summary>Whether a name's values are given: then no statement writes them, and what stands in the memory counts.</summary>
    public void Give(string name, bool isGiven = true) => _operands[name].IsGiven = isGiven;

    /// <summary>Says where a weight or gradient lies.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="data">The array.</param>
    /// <param name="offset">Its first element there.</param>
    public void Place(string name, T[] data, int offset = 0) => _operands[name].Move(data, offset);

    internal void SetTokens(string name, long[]? tokens) => _operands[name].Tokens = tokens;

    internal Operand<T> Declare(Variable variable)
    {
        if (_operands.TryGetValue(variable.Name, out var operand))
        {
            return operand;
        }

        int[] axes = [.. variable.Shape.Axes.Select(axis => axis.Evaluate(Letters))];
        var (rows, columns) = axes is [var first, var second] ? (first, second) : (1, axes is [var length] ? length : 1);
        operand = variable.Shape.IsShared
            ? new(variable.Name, axes.Length > 0, rows, columns, new T[rows * columns], 0)
            : new(variable.Name, axes.Length > 0, columns, (Steps + 2) * BatchSize);
        _operands.Add(variable.Name, operand);
        return operand;
    }

    private MatrixView<T> At(string name, int step)
    {
        var operand = _operands[name];
        return new(operand.At(RowsAt(step, 0, BatchSize), 0), BatchSize, operand.Columns);
    }
}
