using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Equations.Running;

/// <summary>Some successive rows of the values of all steps; a row is one sequence at one step.</summary>
/// <param name="First">The first row.</param>
/// <param name="Count">The number of rows.</param>
internal readonly record struct Block(int First, int Count);

/// <summary>The memory of a name: of every step and sequence, or, for a weight or its gradient, wherever that lies.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class Operand<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A value of every step and sequence.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isVector">Whether it is a vector; otherwise it is a number.</param>
    /// <param name="columns">The length of a vector.</param>
    /// <param name="rows">The rows of all steps, with a step before the first and one after the last.</param>
    public Operand(string name, bool isVector, int columns, int rows)
    {
        (Name, IsVector, Columns, Rows) = (name, isVector, columns, rows);
        Data = new T[rows * columns];
    }

    /// <summary>A weight, or the gradient of one.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isVector">Whether it is a vector or a matrix; otherwise it is a number.</param>
    /// <param name="rows">The rows of a matrix; 1 for a vector.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="data">The array in which it lies.</param>
    /// <param name="offset">Where it begins there.</param>
    public Operand(string name, bool isVector, int rows, int columns, T[] data, int offset)
    {
        (Name, IsVector, Columns, Rows, IsShared) = (name, isVector, columns, rows, true);
        (Data, Offset) = (data, offset);
    }

    public string Name { get; }

    public bool IsVector { get; }

    public bool IsShared { get; }

    public int Rows { get; }

    public int Columns { get; }

    public T[] Data { get; private set; }

    public int Offset { get; private set; }

    /// <summary>The tokens of every step and sequence, for an input that is given as such; its values then are one-hot rows, or not there.</summary>
    public long[]? Tokens { get; set; }

    /// <summary>Whether the values are given: no statement writes them.</summary>
    public bool IsGiven { get; set; }

    /// <summary>What makes the values before a pass; null where nothing has to.</summary>
    public Action? Preparation { get; set; }

    /// <summary>A weight as a matrix.</summary>
    public MatrixView<T> Matrix => new(Data.AsSpan(Offset), Rows, Columns);

    /// <summary>All elements of a weight.</summary>
    public Span<T> Shared => Data.AsSpan(Offset, Rows * Columns);

    /// <summary>The rows of a block, shifted by some rows.</summary>
    public Span<T> At(Block block, int shift) => Data.AsSpan((block.First + shift) * Columns, block.Count * Columns);

    /// <summary>Takes a weight from somewhere else from now on.</summary>
    public void Move(T[] data, int offset) => (Data, Offset) = (data, offset);
}
