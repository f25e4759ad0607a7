using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>What one layer in one direction remembers of its forward pass.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class LayerTape<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int[] _lengths;
    private readonly bool _reverse;

    public LayerTape(StepInputs<T> inputs, NdArray<T> Whh, int[] lengths, int steps, int rows, bool reverse)
    {
        (Inputs, this.Whh, _lengths, _reverse) = (inputs, Whh, lengths, reverse);
        (Steps, BatchSize, HiddenSize) = (steps, lengths.Length, Whh.Columns);
        NdArray<T> Values(int columns) => new(steps, BatchSize, columns);
        (Z, Gates) = (Values(rows), Values(rows));
        (HPrevious, H, CPrevious, Inner) = (Values(HiddenSize), Values(HiddenSize), Values(HiddenSize), Values(HiddenSize));
        (FinalH, FinalC) = (new(BatchSize, HiddenSize), new(BatchSize, HiddenSize));
    }

    public StepInputs<T> Inputs { get; }

    public NdArray<T> Whh { get; } // (G·H, H)

    public int Steps { get; }

    public int BatchSize { get; }

    public int HiddenSize { get; }

    public NdArray<T> Z { get; } // (T, B, G·H), pre-activations

    public NdArray<T> Gates { get; } // (T, B, G·H)

    public NdArray<T> HPrevious { get; } // (T, B, H), the state that step t read

    public NdArray<T> H { get; } // (T, B, H)

    public NdArray<T> CPrevious { get; } // (T, B, H)

    public NdArray<T> Inner { get; } // (T, B, H), LSTM: tanh(c); GRU: m

    public NdArray<T> FinalH { get; } // (B, H)

    public NdArray<T> FinalC { get; } // (B, H)

    /// <summary>The step of time that the forward pass computes as number <paramref name="order"/>.</summary>
    public int StepAt(int order) => _reverse ? Steps - 1 - order : order;

    /// <summary>Whether a step lies within a sequence.</summary>
    public bool IsActive(int t, int b) => t < _lengths[b];

    /// <summary>Whether a step is the first that is computed of a sequence.</summary>
    public bool IsFirst(int t, int b) => t == (_reverse ? _lengths[b] - 1 : 0);

    /// <summary>Whether a step is the last that is computed of a sequence.</summary>
    public bool IsLast(int t, int b) => t == (_reverse ? 0 : _lengths[b] - 1);

    /// <summary>The step computed after t; outside of [0, T) where there is none.</summary>
    public int After(int t) => _reverse ? t - 1 : t + 1;

    /// <summary>The number of a step in the order of computation.</summary>
    public int OrderOf(int t) => _reverse ? Steps - 1 - t : t;
}
