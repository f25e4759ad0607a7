using RnnCompare.Cells;
using RnnCompare.Engines;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Tests.Tasks;

public class CharacterTaskTests
{
    // 27 + 25 characters leave room for two windows of 25, one more character and the rule that one must be left over.
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz";

    [Theory]
    [InlineData(27, 25, 1)]
    [InlineData(51, 25, 1)]
    [InlineData(52, 25, 2)]
    [InlineData(3, 1, 1)]
    [InlineData(10, 4, 2)]
    public void TrainingBatch_WrapsWhereMinCharRnnDoes(int length, int window, int windows)
    {
        // min-char-rnn starts again, with a zero state, where p + T + 1 >= len(data).
        var expected = 0;
        for (var p = 0; p + window + 1 < length; p += window)
        {
            expected++;
        }

        Assert.Equal(windows, expected);
        var task = Task(string.Concat(Enumerable.Range(0, length).Select(i => Alphabet[i % 26])), window, 1);
        for (var step = 0; step < 3 * windows; step++)
        {
            var batch = task.TrainingBatch(step);
            var start = step % windows * window;
            Assert.Equal(step % windows != 0, batch.Continues);
            Assert.Equal(Enumerable.Range(start, window).Select(i => (long)(i % 26)), batch.Batch.Inputs.Tokens!.Data);
            Assert.Equal(Enumerable.Range(start + 1, window).Select(i => (long)(i % 26)), batch.Batch.Targets!.Classes!.Data);
        }
    }

    [Fact]
    public void TrainingBatch_ReadsStreamsSideBySide()
    {
        var task = Task("abcdefghijklm", window: 3, batchSize: 2); // streams abcdef and ghijkl; m is left over
        var batch = task.TrainingBatch(0).Batch;
        Assert.Equal([3, 2], batch.Inputs.Tokens!.Shape.ToArray());
        Assert.Equal([0, 6, 1, 7, 2, 8], batch.Inputs.Tokens.Data);
        Assert.Equal([1, 7, 2, 8, 3, 9], batch.Targets!.Classes!.Data);
    }

    [Fact]
    public void Constructor_RefusesATextThatIsTooShort()
    {
        var error = Assert.Throws<InputException>(() => Task("abc", window: 4, batchSize: 2));
        Assert.Equal("x.txt: 3 characters are left for training, but batchSize 2 and sequenceLength 4 need 12.", error.Message);
    }

    [Fact]
    public void Vocabulary_CountsCodePointsInOrder()
    {
        var task = new CharacterTask<double>(Parts(["ba😀ab", "é", "a"]), "x.txt", 2, 1, CharacterTask<double>.SampleKind.Text);
        Assert.Equal(new TaskShape(4, 4, OutputMode.EveryStep, LossKind.CrossEntropy), task.Shape);
        Assert.Equal([1, 0], task.TrainingBatch(0).Batch.Inputs.Tokens!.Data);
        Assert.Equal([0, 3], task.TrainingBatch(0).Batch.Targets!.Classes!.Data);
    }

    [Fact]
    public void Baseline_IsTheEntropyOfFrequencies()
    {
        // Training aaab with one more of each: a 4/6, b 2/6; the test part abb counts its last two characters.
        var task = new CharacterTask<double>(Parts(["aaab", "ab", "abb"]), "x.txt", 1, 1, CharacterTask<double>.SampleKind.Text);
        Assert.Equal(-Math.Log2(2.0 / 6), task.Baseline.Score, 12);
    }

    [Fact]
    public void Batches_GoOnFromTheTrainedStateAndCoverShortParts()
    {
        var task = new CharacterTask<double>(Parts([string.Concat(Enumerable.Repeat(Alphabet, 4)), "abcde", "a"]), "x.txt", 25, 1, CharacterTask<double>.SampleKind.Text);
        var batch = Assert.Single(task.Batches(DataPart.Validation));
        Assert.True(batch.Continues);
        Assert.Equal(3, batch.Batch.Steps);
        Assert.Empty(task.Batches(DataPart.Test));
    }

    [Fact]
    public void Sample_DrawsLinesOfAModelThatKnowsOneName()
    {
        // Weights that answer each character with the next of "\nab", whatever the state: relu passes one-hot inputs on.
        var task = new CharacterTask<double>(Parts([string.Concat(Enumerable.Repeat("ab\n", 9)), "ab\n", "ab\n"]), "x.txt", 4, 1, CharacterTask<double>.SampleKind.Lines);
        var spec = new RnnSpec { Cell = RnnCell.Relu, InputSize = 3, HiddenSize = 3, OutputSize = 3 };
        var weights = new RnnWeights<double>(spec);
        for (var i = 0; i < 3; i++)
        {
            weights.Wxh[i, i] = 1;
            weights.Why[(i + 1) % 3, i] = 1000;
        }

        using var engine = new ManualEngine<double>(weights);
        var samples = task.Sample(engine, trained: null, seed: 5);
        Assert.NotEmpty(samples);
        Assert.All(samples, sample => Assert.Equal("ab", sample));
    }

    [Fact]
    public void ShuffledLines_KeepEveryLineOnce()
    {
        var lines = Enumerable.Range(0, 40).Select(i => $"name {i}").ToArray();
        var parts = Texts(TextSources.ShuffledLines(string.Join('\n', lines) + "\n\n", seed: 3));
        Assert.Equal([36, 2, 2], parts.Select(part => part.Count(c => c == '\n')));
        Assert.Equal(lines.Order(), string.Concat(parts).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
        Assert.NotEqual(lines[..36], parts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(parts, Texts(TextSources.ShuffledLines(string.Join('\n', lines), seed: 3)));
    }

    [Fact]
    public void Contiguous_NeverCutsACharacterInTwo()
    {
        var text = string.Concat(Enumerable.Repeat("😀", 15)); // 30 code units: the cuts at 27 and 28 (of 30) fall inside
        var parts = Texts(TextSources.Contiguous(text));
        Assert.Equal(text, string.Concat(parts));
        Assert.All(parts, part => Assert.DoesNotContain('\uFFFD'.ToString(), System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(part)), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(256, 1)]
    [InlineData(257, 2)]
    public void Text_IsHeldInTheSmallestType(int kinds, int bytes)
    {
        const int Count = 1_000_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var tokens = new Tokens(Enumerable.Range(0, Count).Select(i => i % kinds), Count, kinds);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, bytes * Count, (bytes * Count) + 10_000);
        Assert.Equal((Count, kinds - 1), (tokens.Length, tokens[kinds - 1]));
    }

    private static string[] Texts(IReadOnlyList<ReadOnlyMemory<char>> parts) => [.. parts.Select(part => part.ToString())];

    private static IReadOnlyList<ReadOnlyMemory<char>> Parts(IEnumerable<string> texts) => [.. texts.Select(text => text.AsMemory())];

    private static CharacterTask<double> Task(string training, int window, int batchSize)
    {
        return new(Parts([training, "", ""]), "x.txt", window, batchSize, CharacterTask<double>.SampleKind.Text);
    }
}
