using System.Text;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Experiments.Tasks.OwnData;

namespace RnnCompare.Experiments.Tests.Tasks;

public class ShippedDataTests
{
    [Fact]
    public void PlaceNames_AreManySortedAndUnique()
    {
        var text = ShippedData.Read("place-names.txt");
        var names = text.TrimEnd('\n').Split('\n');
        Assert.InRange(names.Length, 4000, 5000);
        Assert.Equal(names.Distinct().OrderBy(name => Encoding.UTF8.GetBytes(name), Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))), names);
        Assert.All(names, name => Assert.Equal(name.Trim().Normalize(), name));
        Assert.InRange(text.EnumerateRunes().Distinct().Count(), 60, 100);
    }

    [Fact]
    public void Sentiment_HasNoTestPhraseInTraining()
    {
        var data = SentimentData.Parse(ShippedData.Read("sentiment.json"), "the shipped data");
        Assert.Equal(58, data.Training.Count);
        Assert.Equal(22, data.Test.Count);
        Assert.Empty(Phrases(data.Training).Intersect(Phrases(data.Test)));
        Assert.Empty(Words(data.Test).Except(Words(data.Training)));

        static IEnumerable<string> Phrases(IEnumerable<LabelledSequence> phrases) => phrases.Select(phrase => string.Join(' ', phrase.Words!));
        static IEnumerable<string> Words(IEnumerable<LabelledSequence> phrases) => phrases.SelectMany(phrase => phrase.Words!);
    }
}
