using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>Probabilities, loss, and dy.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class LossPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ForwardPass<T> _forward;
    private readonly Arithmetic<T> _arithmetic;
    private readonly RnnSpec _spec;
    private readonly NdArray<T> _weights; // (T, B) or (B)
    private readonly bool _everyStep;
    private readonly IReadOnlyList<int> _lengths;

    /// <summary>The loss of what a forward pass computed.</summary>
    /// <param name="forward">The forward pass.</param>
    /// <param name="arithmetic">How the program rounds.</param>
    /// <param name="lengths">The steps of each sequence that count where the forward pass did not end with them; null for all that it computed.</param>
    public LossPass(ForwardPass<T> forward, Arithmetic<T> arithmetic, IReadOnlyList<int>? lengths = null)
    {
        (_forward, _arithmetic, _spec, _lengths) = (forward, arithmetic, forward.Spec, lengths ?? forward.Lengths);
        _everyStep = _spec.Outputs == OutputMode.EveryStep;
        _weights = (lengths is null ? forward.Batch : forward.Batch with { Lengths = lengths }).LossWeightsFor(_spec);
    }

    private int BatchSize => _forward.Lengths.Length;

    /// <summary>softmax(y) in the shape of y, zero where an output does not count.</summary>
    /// <param name="overBatch">Whether the sum below the line goes over all sequences of a step.</param>
    public NdArray<T> Probabilities(bool overBatch)
    {
        var y = _forward.Outputs;
        var p = new NdArray<T>([.. y.Shape]);
        var rowsTogether = overBatch ? BatchSize : 1;
        for (var first = 0; first < y.Rows; first += rowsTogether)
        {
            var largest = T.NegativeInfinity;
            for (var row = first; row < first + rowsTogether; row++)
            {
                foreach (var value in Counts(row) ? y.Row(row) : [])
                {
                    largest = T.Max(largest, value);
                }
            }

            var sum = T.Zero;
            for (var row = first; row < first + rowsTogether; row++)
            {
                for (var o = 0; o < y.Columns && Counts(row); o++)
                {
                    sum += p[row, o] = T.Exp(y[row, o] - largest);
                }
            }

            for (var row = first; row < first + rowsTogether; row++)
            {
                for (var o = 0; o < y.Columns && Counts(row); o++)
                {
                    p[row, o] /= sum;
                }
            }
        }

        _arithmetic.Wobble(p.Span);
        return p;
    }

    /// <summary>The loss, as a program of the given variant puts it together.</summary>
    public double Loss(ForwardVariant variant)
    {
        return variant.LossFactor * (_spec.Loss == LossKind.SquaredError ? SquaredError() : CrossEntropy(variant.Loss));
    }

    /// <summary>dy in the shape of y.</summary>
    /// <param name="loss">How the forward pass computed its probabilities.</param>
    /// <param name="variant">The formula of every statement.</param>
    public NdArray<T> OutputErrors(LossValue loss, OutputErrorVariant variant)
    {
        var y = _forward.Outputs;
        var usesSoftmax = _spec.Loss == LossKind.CrossEntropy != (variant.Formula == OutputErrorFormula.OtherLoss);
        var overBatch = variant.Formula == OutputErrorFormula.SoftmaxOverBatch || loss == LossValue.SoftmaxOverBatch;
        var output = usesSoftmax ? Probabilities(overBatch) : y;
        var dy = new NdArray<T>([.. y.Shape]);
        for (var row = 0; row < y.Rows; row++)
        {
            var target = TargetRow(row, variant.Targets);
            if (!Counts(row) || target < 0 || (variant.OnlyLastStep && _everyStep && row / BatchSize != _forward.Lengths[row % BatchSize] - 1))
            {
                continue;
            }

            for (var o = 0; o < y.Columns; o++)
            {
                var wanted = _spec.Loss == LossKind.SquaredError ? _forward.Batch.Targets!.Values![target, o]
                    : _forward.Batch.Targets!.Classes!.Data[target] == o ? T.One : T.Zero;
                dy[row, o] = _weights.Data[row] * variant.Formula switch
                {
                    OutputErrorFormula.TargetOnly => wanted == T.Zero ? T.Zero : -T.One / output[row, o],
                    OutputErrorFormula.ProbabilityOnly => output[row, o],
                    _ => output[row, o] - wanted,
                };
            }
        }

        _arithmetic.Wobble(dy.Span);
        return dy;
    }

    private bool Counts(int row) => !_everyStep || row / BatchSize < _lengths[row % BatchSize];

    // The row of the target that is read for a row of outputs; -1 where there is none.
    private int TargetRow(int row, TargetStep rule)
    {
        if (!_everyStep)
        {
            return row;
        }

        var (t, b) = int.DivRem(row, BatchSize);
        var n = _forward.Lengths[b];
        var step = rule switch
        {
            TargetStep.NextWrapping => (t + 1) % n,
            TargetStep.NextDropping => t + 1 < n ? t + 1 : -1,
            TargetStep.PreviousWrapping => (t + n - 1) % n,
            TargetStep.PreviousDropping => t - 1,
            TargetStep.NextRolled => (t + 1) % _forward.Batch.Steps,
            TargetStep.PreviousRolled => (t + _forward.Batch.Steps - 1) % _forward.Batch.Steps,
            TargetStep.Reversed => n - 1 - t,
            TargetStep.ReversedShifted => (n - t) % n,
            _ => t,
        };
        return step < 0 ? -1 : (step * BatchSize) + b;
    }

    private double SquaredError()
    {
        var y = _forward.Outputs;
        var total = 0.0;
        for (var row = 0; row < y.Rows; row++)
        {
            for (var o = 0; o < y.Columns && Counts(row); o++)
            {
                var difference = double.CreateChecked(y[row, o] - _forward.Batch.Targets!.Values![row, o]);
                total += 0.5 * double.CreateChecked(_weights.Data[row]) * difference * difference;
            }
        }

        return total;
    }

    private double CrossEntropy(LossValue value)
    {
        var logs = LogProbabilities(value == LossValue.SoftmaxOverBatch);
        var total = 0.0;
        for (var first = 0; first < logs.Length; first += BatchSize)
        {
            int[] rows = [.. Enumerable.Range(first, BatchSize).Where(Counts)];
            total -= value == LossValue.SummedProbability && rows.Length > 0
                ? double.CreateChecked(_weights.Data[rows[0]]) * Math.Log(rows.Sum(row => Math.Exp(logs[row])))
                : rows.Sum(row => double.CreateChecked(_weights.Data[row]) * logs[row]);
        }

        return total;
    }

    // log p of every target. Where the arithmetic wobbles, from p itself, as simple programs do; that costs more than log Σ exp does.
    private double[] LogProbabilities(bool overBatch)
    {
        var (y, classes) = (_forward.Outputs, _forward.Batch.Targets!.Classes!.Data);
        var p = Probabilities(overBatch);
        var logs = new double[y.Rows];
        for (var row = 0; row < y.Rows; row++)
        {
            var probability = double.CreateChecked(p[row, (int)classes[row]]);
            if (Counts(row))
            {
                logs[row] = _arithmetic.Wobbles && probability > 0 ? Math.Log(probability) : StableLog(row, (int)classes[row], overBatch);
            }
        }

        return logs;
    }

    private double StableLog(int row, int target, bool overBatch)
    {
        var y = _forward.Outputs;
        var (first, count) = overBatch ? (row / BatchSize * BatchSize, BatchSize) : (row, 1);
        var (largest, sum) = (double.NegativeInfinity, 0.0);
        for (var other = first; other < first + count; other++)
        {
            foreach (var value in Counts(other) ? y.Row(other) : [])
            {
                largest = Math.Max(largest, double.CreateChecked(value));
            }
        }

        for (var other = first; other < first + count; other++)
        {
            foreach (var value in Counts(other) ? y.Row(other) : [])
            {
                sum += Math.Exp(double.CreateChecked(value) - largest);
            }
        }

        return double.CreateChecked(y[row, target]) - largest - Math.Log(sum);
    }
}
