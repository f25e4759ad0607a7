using System.Numerics;
using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Running;

/// <summary>A value with zeros outside of some places.</summary>
/// <param name="operand">The value.</param>
/// <param name="axis">The axis of the places.</param>
/// <param name="kept">The places.</param>
/// <param name="steps">T.</param>
/// <param name="batchSize">B.</param>
internal sealed class SelectedNode<T>(Node<T> operand, StepAxis axis, Places kept, int steps, int batchSize) : Node<T>
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
            else if (!Keeps(axis == StepAxis.Step ? ((block.First + row) / batchSize) - 1 : (block.First + row) % batchSize, axis == StepAxis.Step ? steps : batchSize))
            {
                values.Clear();
            }
        }
    }

    public override void Prepare() => operand.Prepare();

    private bool Keeps(int place, int count)
    {
        return kept switch
        {
            Places.First => place == 0,
            Places.Last => place == count - 1,
            Places.AllButFirst => place > 0,
            _ => place < count - 1,
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
