using System.Numerics;
using System.Text;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Experiments.Tasks;

/// <summary>The next character of a text from those before it, as min-char-rnn (Karpathy 2015).</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <remarks>
/// Evaluations and samples go on from the state that training has come to, as min-char-rnn's samples do: such a network can
/// latch a unit for good, and then has never learnt anything about the state of zeros.
/// </remarks>
internal sealed class CharacterTask<T> : ITask<T>, ISampledTask<T>, ISharedTask
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int EvaluationStreams = 16;
    private const int LongestEvaluation = 50_000;

    private readonly Vocabulary _vocabulary;
    private readonly CharacterStreams _training;
    private readonly Dictionary<DataPart, Tokens> _parts;
    private readonly SampleKind _samples;

    /// <summary>Creates the task.</summary>
    /// <param name="parts">The training, validation and test part of a text.</param>
    /// <param name="source">Where the text comes from, for messages.</param>
    /// <param name="window">T.</param>
    /// <param name="batchSize">B.</param>
    /// <param name="samples">What a sample is.</param>
    /// <exception cref="InputException">The text is too short.</exception>
    public CharacterTask(IReadOnlyList<ReadOnlyMemory<char>> parts, string source, int window, int batchSize, SampleKind samples)
    {
        _vocabulary = new(parts);
        if (_vocabulary.Size > ushort.MaxValue)
        {
            throw new InputException($"{source}: the text has {_vocabulary.Size} different characters, expected at most {ushort.MaxValue}.");
        }

        _parts = new()
        {
            [DataPart.Training] = _vocabulary.Encode(parts[0]),
            [DataPart.Validation] = _vocabulary.Encode(parts[1]),
            [DataPart.Test] = _vocabulary.Encode(parts[2]),
        };
        _samples = samples;
        _training = new(_parts[DataPart.Training], _parts[DataPart.Training].Length, batchSize, window);
        if (_training.Windows == 0)
        {
            throw new InputException(
                $"{source}: {_parts[DataPart.Training].Length} characters are left for training, but batchSize {batchSize} and sequenceLength {window} need {batchSize * (window + 2L)}.");
        }

        Window = window;
        Shape = new(_vocabulary.Size, _vocabulary.Size, OutputMode.EveryStep, LossKind.CrossEntropy);
        Baseline = new("character frequencies", FrequencyScore());
    }

    private CharacterTask(Vocabulary vocabulary, Dictionary<DataPart, Tokens> parts, CharacterStreams training, int window, TaskShape shape, Baseline baseline, bool samplesLines)
    {
        (_vocabulary, _parts, _training, Window, Shape, Baseline) = (vocabulary, parts, training, window, shape, baseline);
        _samples = samplesLines ? SampleKind.Lines : SampleKind.Text;
    }

    /// <summary>What <see cref="Sample"/> draws.</summary>
    internal enum SampleKind
    {
        /// <summary>Whole lines.</summary>
        Lines,

        /// <summary>One stretch of text.</summary>
        Text,
    }

    /// <inheritdoc/>
    public TaskShape Shape { get; }

    /// <inheritdoc/>
    public Metric Metric => Metric.BitsPerCharacter;

    /// <inheritdoc/>
    public Baseline Baseline { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DataPart> WatchedParts { get; } = [DataPart.Validation];

    private int Window { get; }

    /// <inheritdoc/>
    public ITask<TOther> In<TOther>()
        where TOther : unmanaged, IFloatingPointIeee754<TOther>
    {
        return new CharacterTask<TOther>(_vocabulary, _parts, _training, Window, Shape, Baseline, _samples == SampleKind.Lines);
    }

    /// <inheritdoc/>
    public TaskBatch<T> TrainingBatch(int step) => _training.Window<T>(step % _training.Windows);

    /// <inheritdoc/>
    public IEnumerable<TaskBatch<T>> Batches(DataPart part)
    {
        var length = Math.Min(_parts[part].Length, LongestEvaluation);

        // Short parts have fewer streams, so that states have time to settle; the shortest is one window of its own.
        var streams = Math.Clamp(length / (8 * Window), 1, EvaluationStreams);
        var evaluation = new CharacterStreams(_parts[part], length, streams, Math.Min(Window, Math.Max(1, length - 2)));
        return Enumerable.Range(0, Math.Max(0, evaluation.Windows)).Select(window => evaluation.Window<T>(window) with { Continues = true });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Sample(IRnnEngine<T> engine, RnnState<T>? trained, int seed)
    {
        var random = DrawSource.For(seed, DrawSource.Purpose.Samples);
        var end = _samples == SampleKind.Lines ? _vocabulary.IndexOf('\n') : null;
        var (count, length) = _samples == SampleKind.Lines ? (12, 40) : (1, 300);
        return [.. Enumerable.Range(0, count).Select(_ => Draw(engine, CarriedState.Spread(trained, 1), random, end, length))];
    }

    private string Draw(IRnnEngine<T> engine, RnnState<T>? state, NumpyGenerator random, int? end, int length)
    {
        var text = new StringBuilder();
        var token = end ?? _parts[DataPart.Training][0];
        for (var i = 0; i < length; i++)
        {
            var result = engine.Forward(new() { Inputs = new(new NdArray<long>([token], 1, 1)), InitialState = state });
            state = result.FinalState;
            token = Choose(result.Outputs.Span, random.Random().Data[0]);
            if (token == end)
            {
                break;
            }

            text.Append(_vocabulary[token].ToString());
        }

        return text.ToString();
    }

    // The first index at which the summed probabilities pass a uniform draw.
    private static int Choose(ReadOnlySpan<T> logits, double draw)
    {
        var probabilities = new double[logits.Length];
        var max = double.NegativeInfinity;
        foreach (var logit in logits)
        {
            max = Math.Max(max, double.CreateChecked(logit));
        }

        for (var i = 0; i < logits.Length; i++)
        {
            probabilities[i] = Math.Exp(double.CreateChecked(logits[i]) - max);
        }

        var left = draw * probabilities.Sum();
        var index = 0;
        while (index < probabilities.Length - 1 && left >= probabilities[index])
        {
            left -= probabilities[index++];
        }

        return index;
    }

    private double FrequencyScore()
    {
        // One count is added to each, so that a character that the training part lacks keeps a probability.
        var counts = Enumerable.Repeat(1.0, _vocabulary.Size).ToArray();
        var training = _parts[DataPart.Training];
        for (var i = 0; i < training.Length; i++)
        {
            counts[training[i]]++;
        }

        var (total, test) = (counts.Sum(), _parts[DataPart.Test]);
        return Enumerable.Range(1, Math.Max(0, test.Length - 1)).Select(i => -Math.Log2(counts[test[i]] / total)).DefaultIfEmpty(double.NaN).Average();
    }
}
