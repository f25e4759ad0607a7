using RnnCompare.Cells;

namespace RnnCompare.Models;

/// <summary>What a network is: its cell, its sizes, and the loss that it is trained on. Every engine is built from one.</summary>
public sealed record RnnSpec
{
    private readonly int _inputSize;
    private readonly int _hiddenSize;
    private readonly int _outputSize;
    private readonly int _layers = 1;

    /// <summary>The equations of one step; see <see cref="CellTable"/> for those that exist.</summary>
    public required RecurrentCell Cell { get; init; }

    /// <summary>I, the numbers (or, for tokens, the vocabulary) that enter a step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public required int InputSize
    {
        get => _inputSize;
        init => _inputSize = AtLeastOne(value, nameof(InputSize));
    }

    /// <summary>H, the hidden units of one layer and direction.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public required int HiddenSize
    {
        get => _hiddenSize;
        init => _hiddenSize = AtLeastOne(value, nameof(HiddenSize));
    }

    /// <summary>O, the numbers (or classes) that leave the output layer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public required int OutputSize
    {
        get => _outputSize;
        init => _outputSize = AtLeastOne(value, nameof(OutputSize));
    }

    /// <summary>L, the recurrent layers stacked on each other.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Layers
    {
        get => _layers;
        init => _layers = AtLeastOne(value, nameof(Layers));
    }

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

    /// <summary>D·H, the hidden values that the top layer hands to the output layer.</summary>
    public int FeatureSize => Directions * HiddenSize;

    /// <summary>The columns of Wxh in a layer: I in the lowest, D·H above.</summary>
    public int LayerInputSize(int layer) => layer == 0 ? InputSize : FeatureSize;

    private static int AtLeastOne(int value, string name)
    {
        return value >= 1 ? value : throw new ArgumentOutOfRangeException(name, $"{name} is {value}, but must be at least 1.");
    }
}
