using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Truncation;

/// <summary>Adds up the gradients of windows at the steps of the whole batch.</summary>
/// <param name="spec">The network.</param>
/// <param name="batch">The whole batch.</param>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class WindowSums<T>(RnnSpec spec, SequenceBatch<T> batch)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RnnWeights<T> _weights = new(spec);
    private readonly RnnState<T> _initialState = RnnState<T>.Zeros(spec, batch.BatchSize);
    private readonly NdArray<T>? _inputs = batch.Inputs.Values is { } x ? new([.. x.Shape]) : null; // (T, B, I)
    private NdArray<T>? _hidden; // (L·D, T, B, H)
    private double _loss;

    /// <summary>The sums.</summary>
    public GradientResult<T> Result => new()
    {
        Loss = _loss,
        Weights = _weights,
        Inputs = _inputs,
        InitialState = _initialState,
        Hidden = _hidden,
    };

    /// <summary>Adds one window.</summary>
    public void Add(TruncationWindow window, GradientResult<T> part)
    {
        _loss += part.Loss;
        foreach (var (sum, gradient) in _weights.Tensors.Zip(part.Weights.Tensors))
        {
            Vectors.Add<T>(gradient.Values.Span, sum.Values.Span);
        }

        if (_inputs is not null)
        {
            AddSteps(part.Inputs!.Span, _inputs.Span, batch.BatchSize * _inputs.Columns);
        }

        if (part.Hidden is { } hidden)
        {
            _hidden ??= new(hidden.Shape[0], batch.Steps, batch.BatchSize, spec.HiddenStateSize);
            for (var layer = 0; layer < hidden.Shape[0]; layer++)
            {
                AddSteps(hidden.Step(layer), _hidden.Step(layer), batch.BatchSize * spec.HiddenStateSize);
            }
        }

        if (window.Start == 0)
        {
            Vectors.Add<T>(part.InitialState.Hidden.Span, _initialState.Hidden.Span);
            if (_initialState.Cell is { } cell)
            {
                Vectors.Add<T>(part.InitialState.Cell!.Span, cell.Span);
            }
        }

        void AddSteps(ReadOnlySpan<T> source, Span<T> whole, int size) =>
            Vectors.Add(source, whole.Slice(window.Start * size, source.Length));
    }
}
