using RnnCompare.Cells;

namespace RnnCompare.Models;

/// <summary>What a network is: its cell, its sizes, and the loss that it is trained on. Every engine is built from one.</summary>
public sealed record RnnSpec
{
    /// <summary>The equations of one step; see <see cref="CellTable"/> for those that exist.</summary>
    public required RecurrentCell Cell { get; init; }

    /// <summary>I, the numbers (or, for tokens, the vocabulary) that enter a step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public required int InputSize { get; init => field = ArgumentChecks.AtLeastOne(value); }

    /// <summary>H, the hidden units of one layer and direction.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public required int HiddenSize { get; init => field = ArgumentChecks.AtLeastOne(value); }

    /// <summary>O, the numbers (or classes) that leave the output layer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public required int OutputSize { get; init => field = ArgumentChecks.AtLeastOne(value); }

    /// <summary>L, the recurrent layers stacked on each other.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Layers { get; init => field = ArgumentChecks.AtLeastOne(value); } = 1;

    /// <summary>Whether every layer also reads the sequence from its end, and hands both hidden states on.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>Which steps have an output.</summary>
    public OutputMode Outputs { get; init; } = OutputMode.EveryStep;

    /// <summary>What is minimised.</summary>
    public LossKind Loss { get; init; } = LossKind.CrossEntropy;

    /// <summary>How single losses are put together.</summary>
    public Reduction Reduction { get; init; } = Reduction.Mean;

    /// <summary>D, 2 for a bidirectional network, otherwise 1.</summary>
    public int Directions => Bidirectional ? 2 : 1;

    /// <summary>G·H, the rows of Wxh, Whh and bh.</summary>
    public int GateRows => Cell.Gates.Count * HiddenSize;

    /// <summary>The elements of a hidden state: H, unless the cell hands on something of another size.</summary>
    public int HiddenStateSize => Cell.HiddenStateSize(HiddenSize);

    /// <summary>D·H, the hidden values that the top layer hands to the output layer.</summary>
    public int FeatureSize => Directions * HiddenStateSize;

    /// <summary>The columns of Wxh in a layer: I in the lowest, D·H above.</summary>
    public int LayerInputSize(int layer) => layer == 0 ? InputSize : FeatureSize;
}
