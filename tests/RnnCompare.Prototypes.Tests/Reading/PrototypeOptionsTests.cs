using RnnCompare.Models;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Prototypes.Tests.Reading;

public class PrototypeOptionsTests
{
    [Fact]
    public void Words_AreReadInAllTheirSpellings()
    {
        var options = PrototypeOptions.Parse("""{"loss": "Squared_Error", "outputs": "last", "reduction": "SUM", "batch_first": true, "cell": "gru_reset_before"}""")
            .With("batch-first", "false").With("convention", "w123");
        Assert.Equal(LossKind.SquaredError, options.Loss);
        Assert.Equal(OutputMode.LastStep, options.Outputs);
        Assert.Equal(Reduction.Sum, options.Reduction);
        Assert.False(options.BatchFirst);
        Assert.Equal("gru-reset-before", options["cell"]);
        Assert.Equal(ConventionTable.Numbered, options.Convention);
        Assert.Null(options["activation"]);
    }

    [Fact]
    public void Or_KeepsWhatWasSaidFirst()
    {
        var options = PrototypeOptions.None.With("cell", "lstm").Or(PrototypeOptions.Parse("""{"cell": "gru", "loss": "cross"}"""));
        Assert.Equal("lstm", options["cell"]);
        Assert.Equal(LossKind.CrossEntropy, options.Loss);
    }

    [Fact]
    public void Json_ReadsBackAsWritten()
    {
        foreach (var (key, words) in PrototypeOptions.Keys)
        {
            foreach (var word in words)
            {
                Assert.Equal(word, PrototypeOptions.Parse(PrototypeOptions.None.With(key, word).ToJson())[key]);
            }
        }
    }

    [Fact]
    public void UnknownConvention_IsRefusedWithThoseThatExist()
    {
        var error = Assert.Throws<ArgumentException>(() => ConventionTable.Named("theano"));
        Assert.Contains("Unknown convention 'theano'; known: canonical, row, w123, uwv, karpathy, pytorch, keras.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PrototypeOptions.None.With("convention", "theano"));
    }

    [Theory]
    [InlineData("{\"cell\": \"lstm\", \"cell\": \"gru\"}")]
    [InlineData("{\"cell\": \"\\ud800\"}")]
    public void Parse_RefusesAKeyTwiceAndHalfACharacter(string json) => Assert.Throws<ArgumentException>(() => PrototypeOptions.Parse(json));
}
