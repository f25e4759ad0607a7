using System.Numerics;
using RnnCompare.Experiments.Tasks.OwnData;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Tasks;

/// <summary>What a sequence is, from its words or its vectors: many inputs, one output.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class ClassificationTask<T> : ITask<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int EvaluationBatchSize = 256;

    private readonly LabelledData _data;
    private readonly Dictionary<string, long> _labels;
    private readonly Dictionary<string, long> _vocabulary;
    private readonly int _longest;
    private readonly int _batchSize;
    private readonly int _seed;
    private (int Epoch, long[] Order) _shuffled = (-1, []);

    /// <summary>Prepares the data.</summary>
    /// <param name="data">The sequences.</param>
    /// <param name="batchSize">B.</param>
    /// <param name="seed">What the order of the training starts from.</param>
    public ClassificationTask(LabelledData data, int batchSize, int seed)
    {
        _data = data;
        (_batchSize, _seed) = (batchSize, seed);
        _longest = data.All.Max(sequence => sequence.Length);
        _labels = Indices(data.All.Select(sequence => sequence.Label));
        _vocabulary = Indices(data.All.SelectMany(sequence => sequence.Words ?? []));
        var vectors = data.Training[0].Vectors;
        Shape = new(vectors?[0].Length ?? _vocabulary.Count, _labels.Count, OutputMode.LastStep, LossKind.CrossEntropy);
        WatchedParts = [DataPart.Training, data.Validation.Count > 0 ? DataPart.Validation : DataPart.Test];

        // Of equally frequent ones the last in the order of the labels.
        var frequent = _labels.Keys.MaxBy(label => (data.Training.Count(sequence => sequence.Label == label), _labels[label]));
        Baseline = new("the most frequent answer", (double)data.Test.Count(sequence => sequence.Label == frequent) / data.Test.Count);
    }

    /// <inheritdoc/>
    public TaskShape Shape { get; }

    /// <inheritdoc/>
    public Metric Metric => Metric.Accuracy;

    /// <inheritdoc/>
    public Baseline Baseline { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DataPart> WatchedParts { get; }

    /// <summary>The next B sequences; every epoch has an order of its own.</summary>
    public TaskBatch<T> TrainingBatch(int step)
    {
        var first = (long)step * _batchSize;
        return Batch([.. Enumerable.Range(0, _batchSize).Select(b => _data.Training[IndexAt(first + b)])]);
    }

    /// <inheritdoc/>
    public IEnumerable<TaskBatch<T>> Batches(DataPart part)
    {
        var sequences = part switch
        {
            DataPart.Training => _data.Training,
            DataPart.Validation => _data.Validation,
            _ => _data.Test,
        };
        return sequences.Chunk(EvaluationBatchSize).Select(Batch);
    }

    private static Dictionary<string, long> Indices(IEnumerable<string> words)
    {
        return words.Distinct().Order(StringComparer.Ordinal).Select((word, index) => (word, index)).ToDictionary(pair => pair.word, pair => (long)pair.index);
    }

    private int IndexAt(long position)
    {
        var (epoch, index) = Math.DivRem(position, _data.Training.Count);
        if (_shuffled.Epoch != epoch)
        {
            _shuffled = ((int)epoch, DrawSource.For(_seed, DrawSource.Purpose.Training, (int)epoch).Permutation(_data.Training.Count).Data);
        }

        return (int)_shuffled.Order[index];
    }

    // All batches have the steps of the longest sequence, so that engines keep their buffers.
    private TaskBatch<T> Batch(LabelledSequence[] sequences)
    {
        return new(new()
        {
            Inputs = sequences[0].Vectors is null ? new(Tokens(sequences)) : new(Vectors(sequences)),
            Targets = new(new NdArray<long>([.. sequences.Select(sequence => _labels[sequence.Label])], sequences.Length)),
            Lengths = [.. sequences.Select(sequence => sequence.Length)],
        });
    }

    private NdArray<long> Tokens(LabelledSequence[] sequences)
    {
        var inputs = new NdArray<long>(_longest, sequences.Length);
        for (var b = 0; b < sequences.Length; b++)
        {
            for (var t = 0; t < sequences[b].Length; t++)
            {
                inputs[t, b] = _vocabulary[sequences[b].Words![t]];
            }
        }

        return inputs;
    }

    private NdArray<T> Vectors(LabelledSequence[] sequences)
    {
        var inputs = new NdArray<T>(_longest, sequences.Length, Shape.InputSize);
        for (var b = 0; b < sequences.Length; b++)
        {
            for (var t = 0; t < sequences[b].Length; t++)
            {
                var row = inputs.Row((t * sequences.Length) + b);
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] = T.CreateChecked(sequences[b].Vectors![t][i]);
                }
            }
        }

        return inputs;
    }
}
