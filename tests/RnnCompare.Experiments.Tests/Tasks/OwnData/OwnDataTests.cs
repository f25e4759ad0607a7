using RnnCompare.Experiments.Tasks;
using RnnCompare.Experiments.Tasks.OwnData;

namespace RnnCompare.Experiments.Tests.Tasks.OwnData;

public class OwnDataTests
{
    [Theory]
    [InlineData("time,temp,load\n1,2.5,7\n2,3.5,8\n", "temp", "load")]
    [InlineData("time;temp;load\n1;2.5;7\n\n2;3.5;8", "2", "3")]
    [InlineData("1\t2.5\t7\n2\t3.5\t8\n", "2", "")]
    [InlineData("\"the, time\",temp,\"load\"\n\"1\", 2.5 ,7\n2,3.5,8\n", "temp", "load")]
    public void Series_TakesColumnsByNameOrNumber(string text, string inputs, string target)
    {
        var series = SeriesFile.Parse(text, "x.csv", inputs, target, horizon: 2);
        Assert.Equal([2.5, 3.5], Assert.Single(series.Inputs));
        Assert.Equal([7, 8], series.Target);
    }

    [Fact]
    public void Series_ForecastsTheLastColumnFromItselfUnlessSaid()
    {
        var series = SeriesFile.Parse("a,b\n1,2\n3,4\n", "x.csv", "", "", 1);
        Assert.Equal([2, 4], series.Target);
        Assert.Equal([2, 4], Assert.Single(series.Inputs));
        Assert.Equal(2, SeriesFile.Parse("a,b\n1,2\n3,4\n", "x.csv", "b, a", "a", 1).Inputs.Count);
    }

    [Theory]
    [InlineData("t,x\n1,2\n2;3", "", "x.csv, line 3, column 2: the row has 1 cell, but the first one has 2.")]
    [InlineData("t,x\n1,2\n2,3,4", "", "x.csv, line 3, column 3: the row has 3 cells, but the first one has 2.")]
    [InlineData("t,x\n1,2\n2,NaN", "", "x.csv, line 3, column 2 (x): 'NaN' is not a number.")]
    [InlineData("t,x\n1,2\n2,", "", "x.csv, line 3, column 2 (x): '' is not a number.")]
    [InlineData("t,x\n1,\"2\"3\n", "", "x.csv, line 2, column 2: '3' stands between the closing quote and the next cell.")]
    [InlineData("t,x\n1,\"2\n3\n", "", "x.csv, line 2, column 2: the quote is never closed.")]
    [InlineData("t,\"x\ny\"\n1,2\n2,n/a", "", "x.csv, line 4, column 2 (x y): 'n/a' is not a number.")]
    [InlineData("t,x\n", "", "x.csv: there are no rows below the headings.")]
    [InlineData("\n\n", "", "x.csv: there are no rows.")]
    [InlineData("time,temp\n1,2", "tmp", "inputColumns: x.csv has no column 'tmp'; the nearest of its columns is 'temp'.")]
    [InlineData("1,2\n3,4", "3", "inputColumns: x.csv has no column '3'; its columns are 1..2.")]
    public void Series_RefusesWhatIsWrong(string text, string inputs, string message)
    {
        Assert.Equal(message, Assert.Throws<InputException>(() => SeriesFile.Parse(text, "x.csv", inputs, "", 1)).Message);
    }

    [Theory]
    [InlineData("{\"sequence\": \"not good\", \"label\": \"no\"}\n\n{\"label\": true, \"sequence\": [\"very\", \"good\"], \"id\": [1]}", "words", "no true")]
    [InlineData("{\"sequence\": [1, 2.5], \"label\": 0}\n{\"sequence\": [-3], \"label\": 1}", "1 2.5 -3", "0 1")]
    [InlineData("{\"sequence\": [[1, 2], [3, 4]], \"label\": 0}\n{\"sequence\": [[5, 6]], \"label\": 1}", "1 2 3 4 5 6", "0 1")]
    [InlineData("text,kind\nnot good,no\nvery good,true\n", "words", "no true")]
    [InlineData("sequence,label\n1 2.5,0\n-3,1\n", "1 2.5 -3", "0 1")]
    public void Labelled_ReadsWordsAndNumbers(string text, string content, string labels)
    {
        var sequences = LabelledFile.Parse(text, "x", "", "");
        Assert.Equal(labels, string.Join(' ', sequences.Select(sequence => sequence.Label)));
        Assert.Equal(content, sequences[0].Words is { } words
            ? Words(words, sequences[1].Words!)
            : FormattableString.Invariant($"{string.Join(' ', sequences.SelectMany(sequence => sequence.Vectors!).SelectMany(vector => vector))}"));

        static string Words(IReadOnlyList<string> first, IReadOnlyList<string> second)
        {
            Assert.Equal(["not", "good"], first);
            Assert.Equal(["very", "good"], second);
            return "words";
        }
    }

    [Theory]
    [InlineData("{\"sequence\": \"a\", \"label\": 0}\n{\"sequence\": \"b\"}", "x, line 2, column 17: there is no \"label\".")]
    [InlineData("{\"label\": 0}", "x, line 1, column 12: there is no \"sequence\".")]
    [InlineData("{\"sequence\": \"ü\", \"label\": [0]}", "x, line 1, column 28: \"label\" must be a text, a number, true or false.")]
    [InlineData("{\"sequence\": 4, \"label\": 0}", "x, line 1, column 14: \"sequence\" must be a text or a list.")]
    [InlineData("{\"sequence\": \" \", \"label\": 0}", "x, line 1, column 14: the sequence is empty.")]
    [InlineData("{\"sequence\": [1, \"a\"], \"label\": 0}", "x, line 1, column 18: the step is of another kind or size than those before it.")]
    [InlineData("{\"sequence\": [[1, 2], [3]], \"label\": 0}", "x, line 1, column 23: the step is of another kind or size than those before it.")]
    [InlineData("{\"sequence\": [[1, null]], \"label\": 0}", "x, line 1, column 19: that is not a number.")]
    [InlineData("{\"sequence\": [[]], \"label\": 0}", "x, line 1, column 15: the vector is empty.")]
    [InlineData("{\"sequence\": [null], \"label\": 0}", "x, line 1, column 15: a step must be a word, a number, or a list of numbers.")]
    [InlineData("{\"sequence\": \"a\", \"label\": 0}\n{\"sequence\": [1], \"label\": 1}", "x, line 2, column 14: the sequence is of numbers, but the first one is of words.")]
    [InlineData("{\"sequence\": \"a\", \"label\": 0}\n[1]", "x, line 2, column 1: a line must be an object {\"sequence\": …, \"label\": …}.")]
    [InlineData("{\"sequence\": \"a\", \"label\": 0}\n{\"sequence\": \"b\" \"label\": 1}", "x, line 2, column 18: '\"' is invalid after a value. Expected either ',', '}', or ']'.")]
    [InlineData("{\"sequence\": \"a\", \"label\": 0}\n{\"sequence\": \"b\", \"label\": 0}", "x: every label is '0'; there is nothing to learn.")]
    [InlineData("text,kind\na,\nb,1", "x, line 2, column 2 (kind): the label is empty.")]
    [InlineData("text,kind\n,1\nb,1", "x, line 2, column 1 (text): the sequence is empty.")]
    [InlineData("text\na b\nb c", "x: column 1 (text) cannot be both the sequence and its label.")]
    public void Labelled_RefusesWhatIsWrong(string text, string message)
    {
        Assert.Equal(message, Assert.Throws<InputException>(() => LabelledFile.Parse(text, "x", "", "")).Message);
    }

    [Fact]
    public void Cut_GivesEverySequenceToOnePart()
    {
        LabelledSequence[] sequences = [.. Enumerable.Range(0, 25).Select(i => new LabelledSequence([$"{i}"], null, $"{i % 2}"))];
        var data = LabelledData.Cut(sequences, "x", seed: 3);
        Assert.Equal((21, 2, 2), (data.Training.Count, data.Validation.Count, data.Test.Count));
        Assert.Equal(Enumerable.Range(0, 25), data.All.Select(sequence => int.Parse(sequence.Words![0], null)).Order());
        Assert.Equal("x: there are 9 sequences, but at least 10 are needed: a tenth each is for validation and test.", Assert.Throws<InputException>(() => LabelledData.Cut(sequences[..9], "x", 3)).Message);
    }

    [Fact]
    public void Classification_OfVectorsHasTheirSizeAndLengths()
    {
        LabelledSequence[] sequences = [.. Enumerable.Range(0, 12).Select(i => new LabelledSequence(null, [.. Enumerable.Range(0, 1 + (i % 3)).Select(t => new double[] { i, t })], i < 7 ? "b" : "a"))];
        var task = new ClassificationTask<double>(LabelledData.Cut(sequences, "x", seed: 3), batchSize: 4, seed: 1);
        Assert.Equal((2, 2), (task.Shape.InputSize, task.Shape.OutputSize));
        var batch = task.TrainingBatch(0).Batch;
        Assert.Equal([3, 4, 2], batch.Inputs.Values!.Shape.ToArray());
        for (var b = 0; b < 4; b++)
        {
            var i = (int)batch.Inputs.Values[b, 0];
            Assert.Equal(1 + (i % 3), batch.LengthOf(b));
            Assert.Equal(i < 7 ? 1 : 0, batch.Targets!.Classes!.Data[b]);
            Assert.Equal(batch.LengthOf(b) - 1, batch.Inputs.Values[((batch.LengthOf(b) - 1) * 4) + b, 1]);
        }

        Assert.Single(task.Batches(DataPart.Validation));
    }
}
