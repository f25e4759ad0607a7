using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Tasks;

/// <summary>Whether a phrase is positive, from its words: many inputs, one output.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class SentimentTask<T> : ITask<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SentimentData _data;
    private readonly Dictionary<string, long> _vocabulary;
    private readonly int _longest;
    private readonly int _batchSize;
    private readonly int _seed;
    private (int Epoch, long[] Order) _shuffled = (-1, []);

    public SentimentTask(SentimentData data, int batchSize, int seed)
    {
        _data = data;
        (_batchSize, _seed) = (batchSize, seed);
        var phrases = data.Training.Concat(data.Test).ToArray();
        _longest = phrases.Max(phrase => phrase.Words.Count);
        _vocabulary = phrases.SelectMany(phrase => phrase.Words).Distinct().Order(StringComparer.Ordinal)
            .Select((word, index) => (word, index)).ToDictionary(pair => pair.word, pair => (long)pair.index);
        Shape = new(_vocabulary.Count, 2, OutputMode.LastStep, LossKind.CrossEntropy);

        var majority = data.Training.Count(phrase => phrase.IsPositive) * 2 >= data.Training.Count;
        Baseline = new("the more frequent answer", (double)data.Test.Count(phrase => phrase.IsPositive == majority) / data.Test.Count);
    }

    /// <inheritdoc/>
    public TaskShape Shape { get; }

    /// <inheritdoc/>
    public Metric Metric => Metric.Accuracy;

    /// <inheritdoc/>
    public Baseline Baseline { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DataPart> WatchedParts { get; } = [DataPart.Training, DataPart.Test];

    /// <summary>The next B phrases; every epoch has an order of its own.</summary>
    public TaskBatch<T> TrainingBatch(int step)
    {
        var first = (long)step * _batchSize;
        return Batch([.. Enumerable.Range(0, _batchSize).Select(b => _data.Training[PhraseAt(first + b)])]);
    }

    /// <inheritdoc/>
    public IEnumerable<TaskBatch<T>> Batches(DataPart part)
    {
        return part switch
        {
            DataPart.Training => [Batch(_data.Training)],
            DataPart.Test => [Batch(_data.Test)],
            _ => [],
        };
    }

    private int PhraseAt(long position)
    {
        var (epoch, index) = Math.DivRem(position, _data.Training.Count);
        if (_shuffled.Epoch != epoch)
        {
            _shuffled = ((int)epoch, DrawSource.For(_seed, DrawSource.Purpose.Training, (int)epoch).Permutation(_data.Training.Count).Data);
        }

        return (int)_shuffled.Order[index];
    }

    // All batches have the steps of the longest phrase, so that engines keep their buffers.
    private TaskBatch<T> Batch(IReadOnlyList<SentimentPhrase> phrases)
    {
        var inputs = new NdArray<long>(_longest, phrases.Count);
        for (var b = 0; b < phrases.Count; b++)
        {
            for (var t = 0; t < phrases[b].Words.Count; t++)
            {
                inputs[t, b] = _vocabulary[phrases[b].Words[t]];
            }
        }

        return new(new()
        {
            Inputs = new(inputs),
            Targets = new(new NdArray<long>([.. phrases.Select(phrase => phrase.IsPositive ? 1L : 0L)], phrases.Count)),
            Lengths = [.. phrases.Select(phrase => phrase.Words.Count)],
        });
    }
}
