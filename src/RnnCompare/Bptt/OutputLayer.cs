using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Products;

namespace RnnCompare.Bptt;

/// <summary>The linear layer y = h·Whyᵀ + by on the hidden states that have an output.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class OutputLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RnnWeights<T> _weights;
    private readonly Workers _workers;
    private readonly NdArray<T>? _last; // (B, D·H), the features of each sequence's last step
    private readonly NdArray<T>? _dLast; // (B, D·H)
    private readonly double[] _losses; // of every row of y

    public OutputLayer(RnnWeights<T> weights, int steps, int batchSize, Workers workers)
    {
        _workers = workers;
        _weights = weights;
        var spec = weights.Spec;
        if (spec.Outputs == OutputMode.LastStep)
        {
            _last = new(batchSize, spec.FeatureSize);
            _dLast = new(batchSize, spec.FeatureSize);
            y = new(batchSize, spec.OutputSize);
        }
        else
        {
            y = new(steps, batchSize, spec.OutputSize);
        }

        dy = new([.. y.Shape]);
        _losses = new double[y.Rows];
    }

    public NdArray<T> y { get; } // (T, B, O) or (B, O)

    public NdArray<T> dy { get; } // as y

    /// <summary>Computes y.</summary>
    /// <param name="features">(T·B, D·H).</param>
    /// <param name="batch">The lengths.</param>
    public void Forward(MatrixView<T> features, SequenceBatch<T> batch)
    {
        if (_last is not null)
        {
            for (var b = 0; b < batch.BatchSize; b++)
            {
                features.Row(LastRow(batch, b)).CopyTo(_last.Row(b));
            }
        }

        MatrixProduct.Product(_last is null ? features : _last.View(), _weights.Why.View().Transposed, _weights.by.Span, y.View(), _workers);
    }

    /// <summary>Computes the loss of the last forward pass, and dy.</summary>
    public double Loss(SequenceBatch<T> batch) => SequenceLoss.Compute(_weights.Spec, batch, y, dy, _losses, _workers);

    /// <summary>Writes the gradients of Why and by from dy, and the adjoint of the features.</summary>
    /// <param name="features">(T·B, D·H), as in the forward pass.</param>
    /// <param name="batch">The lengths.</param>
    /// <param name="gradients">Those two overwritten.</param>
    /// <param name="dFeatures">(T·B, D·H), overwritten.</param>
    public void Backward(MatrixView<T> features, SequenceBatch<T> batch, RnnWeights<T> gradients, MatrixView<T> dFeatures)
    {
        MatrixProduct.Product(dy.View().Transposed, _last is null ? features : _last.View(), gradients.Why.View(), _workers);
        gradients.by.Span.Clear();
        MatrixRows.AddColumnSums(dy.View(), gradients.by.Span, _workers);
        if (_dLast is null)
        {
            MatrixProduct.Product(dy.View(), _weights.Why.View(), dFeatures, _workers);
            return;
        }

        MatrixProduct.Product(dy.View(), _weights.Why.View(), _dLast.View(), _workers);
        dFeatures.Clear();
        for (var b = 0; b < batch.BatchSize; b++)
        {
            _dLast.Row(b).CopyTo(dFeatures.Row(LastRow(batch, b)));
        }
    }

    private static int LastRow(SequenceBatch<T> batch, int b) => ((batch.LengthOf(b) - 1) * batch.BatchSize) + b;
}
