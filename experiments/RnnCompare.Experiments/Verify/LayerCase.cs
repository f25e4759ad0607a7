using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Verify;

/// <summary>One recurrent layer of TorchSharp at one size, as it is verified.</summary>
public sealed record LayerCase
{
    /// <summary>T: long enough that a wrong state has consequences, short enough for a thousand cases.</summary>
    public const int Steps = 4;

    private const int InputSize = 5;
    private const int OutputSize = 3;

    /// <summary>The cell.</summary>
    public required RecurrentCell Cell { get; init; }

    /// <summary>The precision that the layer computes in.</summary>
    public required Precision Precision { get; init; }

    /// <summary>H.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>L.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether there is a backward direction.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>B.</summary>
    public int BatchSize { get; init; } = 3;

    /// <summary>Whether the sequences differ in length, and so are packed.</summary>
    public bool Packed { get; init; }

    /// <summary>Whether initial states are given.</summary>
    public bool InitialState { get; init; }

    /// <summary>The threads of libtorch.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The network of the layer and a linear output.</summary>
    public RnnSpec Spec => new()
    {
        Cell = Cell,
        InputSize = InputSize,
        HiddenSize = HiddenSize,
        OutputSize = OutputSize,
        Layers = Layers,
        Bidirectional = Bidirectional,
        Loss = LossKind.SquaredError,
    };

    /// <summary>The case in words, for lines about it: <c>H=16, B=3, T=4</c>.</summary>
    public override string ToString()
    {
        string?[] words =
        [
            $"H={HiddenSize}, B={BatchSize}, T={Steps}",
            Layers > 1 ? $"{Layers} layers" : null,
            Bidirectional ? "two directions" : null,
            Packed ? "packed" : null,
            InitialState ? "initial states given" : null,
            Threads > 1 ? $"{Threads} threads" : null,
        ];
        return string.Join(", ", words.OfType<string>());
    }
}
