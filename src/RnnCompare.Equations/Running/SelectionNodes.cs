using System.Numerics;
using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Running;

/// <summary>A value with zeros outside of some places.</summary>
/// <param name="operand">The value.</param>
/// <param name="axis">The axis of the places.</param>
/// <param name="kept">The places.</param>
/// <param name="steps">T.</param>
/// <param name="batchSize">B.</param>
/// <param name="isReverse">Whether the last step comes first.</param>
internal sealed class SelectedNode<T>(Node<T> operand, StepAxis axis, Places kept, int steps, int batchSize, bool isReverse) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Write(Block block, Span<T> result)
    {
        operand.Write(block, result);
        for (var row = 0; row * Columns < result.Length; row++)
        {
            var values = result.Slice(row * Columns, Columns);
            if (axis == StepAxis.Feature)
            {
                for (var j = 0; j < Columns; j++)
                {
                    values[j] = Keeps(j, Columns) ? values[j] : T.Zero;
                }
            }
            else if (!Keeps(axis == StepAxis.Step ? OrderOf(((block.First + row) / batchSize) - 1) : (block.First + row) % batchSize, axis == StepAxis.Step ? steps : batchSize))
            {
                values.Clear();
            }
        }
    }

    public override void Prepare() => operand.Prepare();

    private int OrderOf(int step) => isReverse ? steps - 1 - step : step;

    private bool Keeps(int place, int count)
    {
        return kept switch
        {
            Places.First => place == 0,
            Places.Last => place == count - 1,
            Places.AllButFirst => place > 0,
            Places.AllButLast => place < count - 1,
            Places.Second => place == 1,
            Places.AllButFirstTwo => place > 1,
            Places.AllButLastTwo => place < count - 2,
            _ => place == count - 2,
        };
    }
}

/// <summary>A value read some elements further in memory.</summary>
/// <param name="operand">The value's memory.</param>
/// <param name="shift">How many rows away its step is.</param>
/// <param name="by">How many elements further.</param>
internal sealed class MovedNode<T>(Operand<T> operand, int shift, int by) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Write(Block block, Span<T> result)
    {
        var start = ((block.First + shift) * Columns) + by;
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = (uint)(start + i) < (uint)operand.Data.Length ? operand.Data[start + i] : T.Zero;
        }
    }
}

/// <summary>A value to which that of every earlier sequence is added.</summary>
/// <param name="operand">The value.</param>
/// <param name="before">The value of whose last sequence the sum begins; null for zero.</param>
/// <param name="batchSize">B.</param>
internal sealed class RunningSumNode<T>(Node<T> operand, Node<T>? before, int batchSize) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Write(Block block, Span<T> result)
    {
        operand.Write(block, result);
        for (var row = 0; row * Columns < result.Length; row++)
        {
            var sequence = (block.First + row) % batchSize;
            var earlier = sequence > 0 ? (row > 0 ? result.Slice((row - 1) * Columns, Columns) : [])
                : before is null ? []
                : before.Read(new(block.First + row + batchSize - 1, 1));
            for (var j = 0; j < earlier.Length; j++)
            {
                result[(row * Columns) + j] += earlier[j];
            }
        }
    }

    public override void Prepare()
    {
        operand.Prepare();
        before?.Prepare();
    }
}

/// <summary>A value read with other indices than its own.</summary>
/// <param name="operand">The value's memory.</param>
/// <param name="source">The indices.</param>
/// <param name="steps">T.</param>
/// <param name="batchSize">B.</param>
/// <param name="isReverse">Whether the last step comes first.</param>
internal sealed class ReindexedNode<T>(Operand<T> operand, Reindexed source, int steps, int batchSize, bool isReverse) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Write(Block block, Span<T> result)
    {
        for (var row = 0; row < block.Count; row++)
        {
            var (time, sequence) = Math.DivRem(block.First + row, batchSize);
            var step = OrderOf(time - 1);
            var exchanged = Math.DivRem((sequence * batchSize) + step, batchSize);
            for (var j = 0; j < Columns; j++)
            {
                result[(row * Columns) + j] = source.Step == AxisIndex.RowsExchanged
                    ? At(exchanged.Quotient, exchanged.Remainder, IndexOf(source.Feature), step)
                    : At(IndexOf(source.Step), IndexOf(source.Sequence), IndexOf(source.Feature), step);

                int IndexOf(AxisIndex index) => index.Place + index.Axis switch { StepAxis.Step => step, StepAxis.Sequence => sequence, StepAxis.Feature => j, _ => 0 };
            }
        }
    }

    // Of the backward pass, steps that come later than the one at hand were computed before it.
    private T At(int from, int sequence, int feature, int step)
    {
        var isThere = (uint)sequence < (uint)batchSize && (uint)feature < (uint)Columns && (from >= step || !source.IsOfBackwardPass);
        var at = from + source.Operand.Shift;
        return isThere && at >= -1 && at < steps ? operand.Data[((((OrderOf(at) + 1) * batchSize) + sequence) * Columns) + feature] : T.Zero;
    }

    private int OrderOf(int step) => isReverse ? steps - 1 - step : step;
}

/// <summary>A weight read otherwise: a copy, made anew before every pass.</summary>
internal static class ReadMatrixOperand
{
    /// <summary>The memory of the copy.</summary>
    /// <param name="weight">The weight.</param>
    /// <param name="isTransposed">Whether its transpose is read.</param>
    /// <param name="reading">How.</param>
    public static Operand<T> Of<T>(Operand<T> weight, bool isTransposed, MatrixReading reading)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (rows, columns) = isTransposed ? (weight.Columns, weight.Rows) : (weight.Rows, weight.Columns);
        var copy = new Operand<T>(weight.Name, isVector: true, rows, columns, new T[rows * columns], 0);
        copy.Preparation = () =>
        {
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    copy.Data[(i * columns) + j] = Read(i, j);
                }
            }
        };
        return copy;

        T Read(int i, int j)
        {
            var (row, column) = isTransposed ? (j, i) : (i, j);
            return reading switch
            {
                MatrixReading.Lower when j > i => T.Zero,
                MatrixReading.Upper when j < i => T.Zero,
                MatrixReading.IndicesExchanged => Flat((column * weight.Columns) + (weight.Offset / weight.Columns) + row),
                _ => weight.Matrix[row, column],
            };
        }

        // Gates that lie below one another in one array are one matrix to whoever writes the index out.
        T Flat(int index) => (uint)index < (uint)weight.Data.Length ? weight.Data[index] : T.Zero;
    }
}
