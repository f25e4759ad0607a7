using System.Numerics;
using RnnCompare.Bptt;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Training;

/// <summary>The loss of answers given without learning, in the config's reduction.</summary>
internal static class LossWithoutLearning
{
    private const int Batches = 10;

    /// <summary>Even odds on all classes: 25·ln V for a window of min-char-rnn; zeros for squared errors, the largest loss of some batches.</summary>
    public static double Of<T>(RnnSpec spec, ITask<T> task)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (spec.Loss == LossKind.CrossEntropy)
        {
            var batch = task.TrainingBatch(0).Batch;
            return (double)batch.CountedOutputs(spec.Outputs) / batch.LossDivisor(spec) * Math.Log(spec.OutputSize);
        }

        return Enumerable.Range(0, Batches).Max(step =>
        {
            var batch = task.TrainingBatch(step).Batch;
            var loss = batch.Targets!.Values!.Data.Sum(value => double.CreateChecked(value * value) / 2);
            return loss / batch.LossDivisor(spec);
        });
    }
}
