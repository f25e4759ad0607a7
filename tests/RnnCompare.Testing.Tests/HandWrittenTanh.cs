using RnnCompare.Cells;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Testing.Tests;

/// <summary>A user's own network in plain C#: one sequence, tanh, squared error at every step.</summary>
internal sealed class HandWrittenTanh(RnnWeights<double> weights, bool forgetsTheCarry) : IHandWrittenModel<double>
{
    public static RnnSpec Spec { get; } = new()
    {
        Cell = RnnCell.Tanh,
        InputSize = 3,
        HiddenSize = 4,
        OutputSize = 2,
        Loss = LossKind.SquaredError,
        Reduction = Reduction.Sum,
    };

    public RnnWeights<double> Weights => weights;

    public IReadOnlyDictionary<string, NdArray<double>> Forward(SequenceBatch<double> batch)
    {
        var (h, y) = Run(batch);
        return new Dictionary<string, NdArray<double>> { ["h"] = h, ["y"] = y };
    }

    public IReadOnlyDictionary<string, NdArray<double>> Gradients(SequenceBatch<double> batch)
    {
        var (h, y) = Run(batch);
        var (x, targets, gradients) = (batch.Inputs.Values!, batch.Targets!.Values!, new RnnWeights<double>(Spec));
        var carry = new double[Spec.HiddenSize];
        for (var t = batch.Steps - 1; t >= 0; t--)
        {
            var dh = forgetsTheCarry ? new double[Spec.HiddenSize] : carry;
            for (var o = 0; o < Spec.OutputSize; o++)
            {
                var dy = y[t, o] - targets[t, o];
                gradients.by.Data[o] += dy;
                for (var j = 0; j < Spec.HiddenSize; j++)
                {
                    gradients.Why[o, j] += dy * h[t, j];
                    dh[j] += dy * weights.Why[o, j];
                }
            }

            carry = new double[Spec.HiddenSize];
            for (var j = 0; j < Spec.HiddenSize; j++)
            {
                var dz = dh[j] * (1 - (h[t, j] * h[t, j]));
                gradients.bh.Data[j] += dz;
                for (var i = 0; i < Spec.InputSize; i++)
                {
                    gradients.Wxh[j, i] += dz * x[t, i];
                }

                for (var k = 0; k < Spec.HiddenSize; k++)
                {
                    gradients.Whh[j, k] += t > 0 ? dz * h[t - 1, k] : 0;
                    carry[k] += dz * weights.Whh[j, k];
                }
            }
        }

        return gradients.Tensors.ToDictionary(tensor => "d" + tensor.Name, tensor => tensor.Values);
    }

    private (NdArray<double> H, NdArray<double> Y) Run(SequenceBatch<double> batch)
    {
        var (h, y) = (new NdArray<double>(batch.Steps, 1, Spec.HiddenSize), new NdArray<double>(batch.Steps, 1, Spec.OutputSize));
        for (var t = 0; t < batch.Steps; t++)
        {
            for (var j = 0; j < Spec.HiddenSize; j++)
            {
                var z = weights.bh.Data[j];
                for (var i = 0; i < Spec.InputSize; i++)
                {
                    z += weights.Wxh[j, i] * batch.Inputs.Values![t, i];
                }

                for (var k = 0; k < Spec.HiddenSize && t > 0; k++)
                {
                    z += weights.Whh[j, k] * h[t - 1, k];
                }

                h[t, j] = Math.Tanh(z);
            }

            for (var o = 0; o < Spec.OutputSize; o++)
            {
                y[t, o] = weights.by.Data[o];
                for (var j = 0; j < Spec.HiddenSize; j++)
                {
                    y[t, o] += weights.Why[o, j] * h[t, j];
                }
            }
        }

        return (h, y);
    }
}
