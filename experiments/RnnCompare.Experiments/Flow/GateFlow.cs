using RnnCompare.Bptt;
using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Flow;

/// <summary>What one gate passes on: its gradient at every step, and how much of it stands at its stops.</summary>
/// <param name="Place">The layer and direction.</param>
/// <param name="Gate">The gate; <c>h</c> for plain cells, whose activation it is.</param>
/// <param name="Norms">‖dL/dz_t‖₂ of the gate's pre-activations, over the whole batch, for every step.</param>
/// <param name="Low">The share of values below 0.1 at every step, of tanh below −0.9, of relu at 0; NaN where no sequence is that long.</param>
/// <param name="High">The share above 0.9; none of relu.</param>
/// <param name="Mean">The mean of all values.</param>
/// <remarks>Saturation as in Karpathy, Johnson &amp; Fei-Fei 2015: there the activation's derivative is below 0.1, of tanh below 0.2, and the gradient ends.</remarks>
public sealed record GateFlow(LayerPlace Place, string Gate, IReadOnlyList<double> Norms, IReadOnlyList<double> Low, IReadOnlyList<double> High, double Mean)
{
    private const double Stop = 0.9;

    /// <summary>Every gate of every layer.</summary>
    internal static IReadOnlyList<GateFlow> Of(RnnSpec spec, IReadOnlyList<LayerRecord<double>> records, SequenceBatch<double> batch)
    {
        return [.. records.SelectMany(record => spec.Cell.Gates.Select((_, gate) => Of(spec, record, batch, gate)))];
    }

    /// <summary>Where the values of a gate stop: below and above.</summary>
    internal static (double Low, double High) OfSigmoid => (1 - Stop, Stop);

    /// <inheritdoc cref="OfSigmoid"/>
    internal static (double Low, double High) OfTanh => (-Stop, Stop);

    /// <inheritdoc cref="OfSigmoid"/>
    internal static (double Low, double High) OfRelu => (double.Epsilon, double.PositiveInfinity);

    private static GateFlow Of(RnnSpec spec, LayerRecord<double> record, SequenceBatch<double> batch, int gate)
    {
        // A plain cell keeps its pre-activation as its gate: the state itself is looked at.
        var plain = spec.Cell.Family == RnnCell.Tanh.Family;
        var stops = spec.Cell.Gates[gate].Activation switch { Activation.Relu => OfRelu, Activation.Sigmoid => OfSigmoid, _ => OfTanh };
        var H = spec.HiddenSize;
        var values = plain ? record.Hidden.View() : record.Gates.View().ColumnRange(gate * H, H);
        return Of(new(record.Layer, record.Reverse), spec.Cell.Gates[gate].Name, record.dz.View().ColumnRange(gate * H, H), values, stops, batch);
    }

    /// <summary>One gate.</summary>
    /// <param name="place">The layer and direction.</param>
    /// <param name="name">The gate.</param>
    /// <param name="dz">dL/dz_t of its pre-activations (T·B, n).</param>
    /// <param name="values">Its values (T·B, n).</param>
    /// <param name="stops">Where they stop.</param>
    /// <param name="batch">The batch.</param>
    internal static GateFlow Of(LayerPlace place, string name, MatrixView<double> dz, MatrixView<double> values, (double Low, double High) stops, SequenceBatch<double> batch)
    {
        var T = batch.Steps;
        var (norms, low, high) = (new double[T], new double[T], new double[T]);
        var (sum, count) = (0.0, 0L);
        for (var t = 0; t < T; t++)
        {
            var (squares, atLow, atHigh, here) = (0.0, 0, 0, 0);
            for (var b = 0; b < batch.BatchSize; b++)
            {
                if (t >= batch.LengthOf(b))
                {
                    continue;
                }

                var row = (t * batch.BatchSize) + b;
                foreach (var adjoint in dz.Row(row))
                {
                    squares += adjoint * adjoint;
                }

                foreach (var value in values.Row(row))
                {
                    atLow += value < stops.Low ? 1 : 0;
                    atHigh += value > stops.High ? 1 : 0;
                    sum += value;
                }

                here += values.Columns;
            }

            (norms[t], low[t], high[t]) = (Math.Sqrt(squares), (double)atLow / here, (double)atHigh / here);
            count += here;
        }

        return new(place, name, norms, low, high, sum / count);
    }
}
