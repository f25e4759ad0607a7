using RnnCompare.Cells;

namespace RnnCompare.Experiments.Tests.Flow;

/// <summary>h_t = x_t·Wxhᵀ + h_{t−1}·Whhᵀ + bh: the cell of which everything about gradients is known.</summary>
internal sealed class LinearCell : HandWrittenCell
{
    public override string Name => "linear";

    public override IReadOnlyList<Gate> Gates { get; } = [new("h", Activation.Identity)];

    public override void Forward<T>(in CellForward<T> step)
    {
        step.Whh.AddForward(step.HiddenPrevious, step.Gates);
        step.Gates.CopyTo(step.Hidden);
    }

    public override void Backward<T>(in CellBackward<T> step)
    {
        step.dh.CopyTo(step.dz);
        step.Whh.AddBackward(step.dz, step.dhPrevious);
    }
}
