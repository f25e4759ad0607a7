using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Bptt;

/// <summary>One layer of the stack: one direction, or two whose hidden states stand side by side.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class StackedLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RecurrentLayer<T>[] _directions;
    private readonly NdArray<T>? _both; // (T, B, 2·H)
    private readonly NdArray<T>? _dBoth; // (T, B, 2·H)

    public StackedLayer(RnnWeights<T> weights, int layer, int steps, int batchSize, Workers workers)
    {
        var spec = weights.Spec;
        _directions = new RecurrentLayer<T>[spec.Directions];
        for (var direction = 0; direction < _directions.Length; direction++)
        {
            var reverse = direction == 1;
            _directions[direction] = new(spec, weights.Layer(layer, reverse), steps, batchSize, reverse, workers);
        }

        if (spec.Bidirectional)
        {
            _both = new(steps, batchSize, spec.FeatureSize);
            _dBoth = new(steps, batchSize, spec.FeatureSize);
        }
    }

    public IEnumerable<CellTape<T>> Tapes => _directions.Select(direction => direction.Tape);

    /// <summary>The hidden states that the layer hands on (T·B, D·H).</summary>
    public MatrixView<T> Features => _both is null ? First.States(First.Hidden) : _both.View();

    /// <summary>The adjoint of <see cref="Features"/>, to be written before <see cref="Backward"/>.</summary>
    public MatrixView<T> dFeatures => _dBoth is null ? First.States(First.dHidden) : _dBoth.View();

    private CellTape<T> First => _directions[0].Tape;

    public void Forward(LayerInputs<T> inputs, IReadOnlyList<int>? lengths)
    {
        for (var d = 0; d < _directions.Length; d++)
        {
            _directions[d].Forward(inputs, lengths);
            if (_both is not null)
            {
                var tape = _directions[d].Tape;
                tape.States(tape.Hidden).CopyTo(Half(_both, d));
            }
        }
    }

    /// <summary>Carries <see cref="dFeatures"/> back through every step, and writes the gradients of the layer's weights.</summary>
    public void Backward(LayerInputs<T> inputs, IReadOnlyList<int>? lengths, RnnWeights<T> gradients, int layer)
    {
        for (var d = 0; d < _directions.Length; d++)
        {
            var tape = _directions[d].Tape;
            if (_dBoth is not null)
            {
                Half(_dBoth, d).CopyTo(tape.States(tape.dHidden));
            }

            tape.ClearUnwrittenAdjoints();

            _directions[d].Backward(lengths);
            _directions[d].WriteWeightGradients(inputs, gradients.Layer(layer, reverse: d == 1));
        }
    }

    /// <summary>Writes the adjoint of the layer's inputs.</summary>
    /// <param name="dx">(T·B, I).</param>
    public void InputGradient(MatrixView<T> dx)
    {
        for (var d = 0; d < _directions.Length; d++)
        {
            _directions[d].InputGradient(dx, add: d > 0);
        }
    }

    private static MatrixView<T> Half(NdArray<T> both, int direction)
    {
        var size = both.Columns / 2;
        return both.View().ColumnRange(direction * size, size);
    }
}
