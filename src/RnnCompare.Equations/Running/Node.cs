using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Equations.Running;

/// <summary>An expression bound to memory: it can be computed for any rows.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal abstract class Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[] _scratch = [];

    /// <summary>Whether the result is a vector of each row, or a weight's vector or matrix; otherwise a number.</summary>
    public required bool IsVector { get; init; }

    /// <summary>Whether all rows have the same.</summary>
    public required bool IsShared { get; init; }

    /// <summary>The rows of a matrix that all share; otherwise 1.</summary>
    public int MatrixRows { get; init; } = 1;

    /// <summary>The elements of a row of the result.</summary>
    public required int Columns { get; init; }

    /// <summary>Computes the result for the rows of a block into memory of that size.</summary>
    public abstract void Write(Block block, Span<T> result);

    /// <summary>The result for the rows of a block: where it lies, or computed; valid until the next call.</summary>
    public virtual ReadOnlySpan<T> Read(Block block)
    {
        var result = Scratch(LengthOf(block));
        Write(block, result);
        return result;
    }

    /// <summary>Adds the result, or its negative, to what is there.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="result">What it is added to.</param>
    /// <param name="spreading">How this lies beside that.</param>
    /// <param name="columns">The columns of the result.</param>
    /// <param name="isNegative">Whether it is subtracted.</param>
    public virtual void Accumulate(Block block, Span<T> result, Spreading spreading, int columns, bool isNegative)
    {
        var value = Read(block);
        if (isNegative)
        {
            Elements.Run<T, SubtractStep>(result, value, spreading, columns);
        }
        else
        {
            Elements.Run<T, AddStep>(result, value, spreading, columns);
        }
    }

    /// <summary>Called before a pass: what is the same at every step may be prepared.</summary>
    public virtual void Prepare()
    {
    }

    /// <summary>The elements of the result for a block.</summary>
    public int LengthOf(Block block) => Columns * (IsShared ? MatrixRows : block.Count);

    /// <summary>How this lies beside a result.</summary>
    public Spreading SpreadingIn(Node<T> result)
    {
        return (IsShared == result.IsShared, IsVector == result.IsVector) switch
        {
            (true, true) => Spreading.Full,
            (false, _) => IsVector ? Spreading.Row : Spreading.One,
            (true, false) => result.IsShared ? Spreading.One : Spreading.Column,
        };
    }

    protected Span<T> Scratch(int length)
    {
        if (_scratch.Length < length)
        {
            _scratch = new T[length];
        }

        return _scratch.AsSpan(0, length);
    }

    /// <summary>Writes a result of another spreading into every element.</summary>
    protected static void Expand(ReadOnlySpan<T> value, Span<T> result, Spreading spreading, int columns)
    {
        switch (spreading)
        {
            case Spreading.Full:
                value.CopyTo(result);
                break;
            case Spreading.One:
                result.Fill(value[0]);
                break;
            default:
                for (var i = 0; i < result.Length; i += columns)
                {
                    if (spreading == Spreading.Row)
                    {
                        value.CopyTo(result[i..]);
                    }
                    else
                    {
                        result.Slice(i, columns).Fill(value[i / columns]);
                    }
                }

                break;
        }
    }

    protected MatrixView<T> AsMatrix(Span<T> values) => new(values, Columns == 0 ? 0 : values.Length / Columns, Columns);
}
