using RnnCompare.Cells;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.Torch.Cells;

/// <summary>The equations of one step in TorchSharp, for autograd to differentiate.</summary>
/// <param name="z">x_t·Wxhᵀ + bh (B, G·H).</param>
/// <param name="h">h_{t−1} (B, H).</param>
/// <param name="c">c_{t−1} (B, H), for cells that have one.</param>
/// <param name="Whh">(G·H, H).</param>
/// <param name="bhn">(H), for cells that have one.</param>
/// <returns>h_t and c_t, (B, H) each.</returns>
internal delegate (Tensor Hidden, Tensor? Cell) TorchStep(Tensor z, Tensor h, Tensor? c, Parameter Whh, Parameter? bhn);

/// <summary>The equations of every cell of <see cref="CellTable"/>; a new cell is one more method and one more row.</summary>
internal static class TorchCell
{
    private static readonly Dictionary<RecurrentCell, TorchStep> Steps = new()
    {
        [RnnCell.Tanh] = (z, h, _, Whh, _) => ((z + h.mm(Whh.t())).tanh(), null),
        [RnnCell.Relu] = (z, h, _, Whh, _) => ((z + h.mm(Whh.t())).relu(), null),
        [LstmCell.Instance] = Lstm,
        [GruCell.Instance] = Gru,
        [GruResetBeforeCell.Instance] = GruResetBefore,
    };

    /// <summary>The equations of a cell.</summary>
    /// <exception cref="NotSupportedException">Nobody has written them for TorchSharp.</exception>
    public static TorchStep Of(RecurrentCell cell)
    {
        return Steps.TryGetValue(cell, out var step)
            ? step
            : throw new NotSupportedException($"The {cell.Name} cell has no equations in TorchSharp; known: {string.Join(", ", Steps.Keys)}. Use the engine manual, or add them to TorchCell.cs.");
    }

    private static (Tensor, Tensor?) Lstm(Tensor z, Tensor h, Tensor? c, Parameter Whh, Parameter? bhn)
    {
        var gates = (z + h.mm(Whh.t())).chunk(4, 1);
        var (i, f, g, o) = (gates[0].sigmoid(), gates[1].sigmoid(), gates[2].tanh(), gates[3].sigmoid());
        var next = (f * c!) + (i * g);
        return (o * next.tanh(), next);
    }

    private static (Tensor, Tensor?) Gru(Tensor z, Tensor h, Tensor? c, Parameter Whh, Parameter? bhn)
    {
        var (inputs, hidden) = (z.chunk(3, 1), h.mm(Whh.t()).chunk(3, 1));
        var reset = (inputs[0] + hidden[0]).sigmoid();
        var update = (inputs[1] + hidden[1]).sigmoid();
        var candidate = (inputs[2] + (reset * (hidden[2] + bhn!))).tanh();
        return (Mix(update, h, candidate), null);
    }

    private static (Tensor, Tensor?) GruResetBefore(Tensor z, Tensor h, Tensor? c, Parameter Whh, Parameter? bhn)
    {
        var (inputs, weights) = (z.chunk(3, 1), Whh.chunk(3, 0));
        var reset = (inputs[0] + h.mm(weights[0].t())).sigmoid();
        var update = (inputs[1] + h.mm(weights[1].t())).sigmoid();
        var candidate = (inputs[2] + (reset * h).mm(weights[2].t())).tanh();
        return (Mix(update, h, candidate), null);
    }

    // (1 − z) ⊙ n + z ⊙ h, without a tensor of ones.
    private static Tensor Mix(Tensor update, Tensor h, Tensor candidate) => candidate + (update * (h - candidate));
}
