using RnnCompare.Experiments.Tasks;

namespace RnnCompare.Experiments.Tests.Tasks;

public class ClassificationTaskTests
{
    private const string Json = """
        { "train": { "good": true, "not good": false, "very very good": true }, "test": { "bad": false, "not bad": true } }
        """;

    [Fact]
    public void TrainingBatch_ShowsEachPhraseOnceInAnEpoch()
    {
        var task = new ClassificationTask<double>(SentimentData.Parse(Json, "x.json"), batchSize: 1, seed: 1);
        var orders = new HashSet<string>();
        for (var epoch = 0; epoch < 10; epoch++)
        {
            var lengths = Enumerable.Range(3 * epoch, 3).Select(step => task.TrainingBatch(step).Batch.Lengths![0]).ToArray();
            Assert.Equal([1, 2, 3], lengths.Order());
            orders.Add(string.Join(' ', lengths));
        }

        Assert.True(orders.Count > 1);
    }

    [Fact]
    public void Batches_HoldWordsLengthsAndAnswers()
    {
        var task = new ClassificationTask<double>(SentimentData.Parse(Json, "x.json"), batchSize: 1, seed: 1);
        var batch = Assert.Single(task.Batches(DataPart.Training)).Batch;

        // The words in order: bad, good, not, very.
        Assert.Equal([3, 3], batch.Inputs.Tokens!.Shape.ToArray());
        Assert.Equal([1, 2, 3, 0, 1, 3, 0, 0, 1], batch.Inputs.Tokens.Data);
        Assert.Equal([1, 2, 3], batch.Lengths!);
        Assert.Equal([1, 0, 1], batch.Targets!.Classes!.Data);
        Assert.Equal(0.5, task.Baseline.Score);
        Assert.Empty(task.Batches(DataPart.Validation));
    }

    [Theory]
    [InlineData("{", "x.json, line 1: Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed.")]
    [InlineData("[]", "x.json: there must be an object \"train\" of phrases, each with true or false.")]
    [InlineData("{\"train\":{\"a\":true}}", "x.json: there must be an object \"test\" of phrases, each with true or false.")]
    [InlineData("{\"train\":{\"a\":1}}", "x.json: the phrase \"a\" of train is 1, but must be words with true or false.")]
    [InlineData("{\"train\":{\" \":true}}", "x.json: the phrase \" \" of train is true, but must be words with true or false.")]
    [InlineData("{\"train\":{}}", "x.json: train has no phrases.")]
    public void Parse_SaysWhatIsWrong(string json, string message)
    {
        Assert.Equal(message, Assert.Throws<InputException>(() => SentimentData.Parse(json, "x.json")).Message);
    }
}
