using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Testing.Tests;

/// <summary>A tanh network as somebody would write it: plain loops, one sequence after the other, squared error summed over every step.</summary>
internal sealed class MyNetwork(RnnWeights<double> weights, bool transposed = true) : IHandWrittenModel
{
    public RnnWeights<double> Weights => weights;

    public TensorSet Forward(SequenceBatch<double> batch)
    {
        var (h, y) = Run(batch);
        var result = new TensorSet(weights.Spec);
        result.Add("h", h);
        result.Add("y", y);
        return result;
    }

    public TensorSet Gradients(SequenceBatch<double> batch)
    {
        var (spec, x, targets) = (weights.Spec, batch.Inputs.Values!, batch.Targets!.Values!);
        var (h, y) = Run(batch);
        var d = new RnnWeights<double>(spec);
        for (var b = 0; b < batch.BatchSize; b++)
        {
            var carry = new double[spec.HiddenSize];
            for (var t = batch.Steps - 1; t >= 0; t--)
            {
                var row = (t * batch.BatchSize) + b;
                var dz = new double[spec.HiddenSize];
                for (var j = 0; j < spec.HiddenSize; j++)
                {
                    var dh = carry[j];
                    for (var o = 0; o < spec.OutputSize; o++)
                    {
                        var dy = y[row, o] - targets[row, o];
                        dh += weights.Why[o, j] * dy;
                        d.Why[o, j] += dy * h[row, j];
                    }

                    dz[j] = dh * (1 - (h[row, j] * h[row, j]));
                    d.bh.Data[j] += dz[j];
                    for (var i = 0; i < spec.InputSize; i++)
                    {
                        d.Wxh[j, i] += dz[j] * x[row, i];
                    }

                    for (var k = 0; t > 0 && k < spec.HiddenSize; k++)
                    {
                        d.Whh[j, k] += dz[j] * h[row - batch.BatchSize, k];
                    }
                }

                for (var o = 0; o < spec.OutputSize; o++)
                {
                    d.by.Data[o] += y[row, o] - targets[row, o];
                }

                for (var k = 0; k < spec.HiddenSize; k++)
                {
                    carry[k] = 0;
                    for (var j = 0; j < spec.HiddenSize; j++)
                    {
                        carry[k] += transposed ? weights.Whh[j, k] * dz[j] : weights.Whh[k, j] * dz[j];
                    }
                }
            }
        }

        var result = new TensorSet(spec);
        foreach (var (name, gradient) in d.Tensors)
        {
            result.Add(TensorNames.Gradient(name), gradient);
        }

        return result;
    }

    private (NdArray<double> Hidden, NdArray<double> Outputs) Run(SequenceBatch<double> batch)
    {
        var spec = weights.Spec;
        var (h, y) = (new NdArray<double>(batch.Steps, batch.BatchSize, spec.HiddenSize), new NdArray<double>(batch.Steps, batch.BatchSize, spec.OutputSize));
        for (var row = 0; row < h.Rows; row++)
        {
            for (var j = 0; j < spec.HiddenSize; j++)
            {
                var z = weights.bh.Data[j];
                for (var i = 0; i < spec.InputSize; i++)
                {
                    z += weights.Wxh[j, i] * batch.Inputs.Values![row, i];
                }

                for (var k = 0; row >= batch.BatchSize && k < spec.HiddenSize; k++)
                {
                    z += weights.Whh[j, k] * h[row - batch.BatchSize, k];
                }

                h[row, j] = Math.Tanh(z);
            }

            for (var o = 0; o < spec.OutputSize; o++)
            {
                y[row, o] = weights.by.Data[o];
                for (var j = 0; j < spec.HiddenSize; j++)
                {
                    y[row, o] += weights.Why[o, j] * h[row, j];
                }
            }
        }

        return (h, y);
    }
}
