using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Tasks;

/// <summary>Measures how well an engine does a task.</summary>
internal static class Evaluation
{
    /// <summary>The mean loss and metric over all outputs of a part; null where the task has no such part.</summary>
    /// <param name="task">The task.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="part">The part.</param>
    /// <param name="trained">The state that training has come to, from which a first batch continues that says so.</param>
    public static PartScore? Of<T>(ITask<T> task, IRnnEngine<T> engine, DataPart part, RnnState<T>? trained)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (loss, score, count) = (0.0, 0.0, 0L);
        RnnState<T>? state = null;
        foreach (var batch in task.Batches(part))
        {
            state = batch.Continues ? state ?? CarriedState.Spread(trained, batch.Batch.BatchSize) : null;
            var result = engine.Forward(batch.Batch with { InitialState = state });
            state = result.FinalState;
            if (!batch.Counts)
            {
                continue;
            }

            for (var row = 0; row < result.Outputs.Rows; row++)
            {
                var (t, b) = int.DivRem(row, batch.Batch.BatchSize);
                if (engine.Spec.Outputs == OutputMode.EveryStep && t >= batch.Batch.LengthOf(b))
                {
                    continue;
                }

                var output = result.Outputs.Row(row);
                loss += batch.Batch.Targets!.Classes is { } classes ? CrossEntropy(output, classes.Data[row]) : SquaredError(output, batch.Batch.Targets, row) / 2;
                score += task.Metric.Kind switch
                {
                    MetricKind.Accuracy => Largest(output) == batch.Batch.Targets!.Classes!.Data[row] ? 1 : 0,
                    MetricKind.CrossEntropy => CrossEntropy(output, batch.Batch.Targets!.Classes!.Data[row]),
                    _ => SquaredError(output, batch.Batch.Targets!, row),
                };
                count++;
            }
        }

        return count > 0 ? new(loss / count, score / count * task.Metric.Scale) : null;
    }

    private static double CrossEntropy<T>(ReadOnlySpan<T> logits, long target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var max = double.CreateChecked(logits[Largest(logits)]);
        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp(double.CreateChecked(logit) - max);
        }

        return Math.Log(sum) + max - double.CreateChecked(logits[(int)target]);
    }

    private static double SquaredError<T>(ReadOnlySpan<T> output, SequenceTargets<T> targets, int row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sum = 0.0;
        var target = targets.Values!.Row(row);
        for (var o = 0; o < output.Length; o++)
        {
            var error = double.CreateChecked(output[o]) - double.CreateChecked(target[o]);
            sum += error * error;
        }

        return sum;
    }

    private static int Largest<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var index = 0;
        for (var i = 1; i < values.Length; i++)
        {
            index = values[i] > values[index] ? i : index;
        }

        return index;
    }
}
