using RnnCompare.Experiments.Flow;

namespace RnnCompare.Experiments.Tests.Flow;

public class FlowSentenceTests
{
    [Theory]
    [InlineData(0.2932, 0.04, "0.29")]
    [InlineData(0.2932, 0.014, "0.293")]
    [InlineData(-2.3641, 0.4, "-2.4")]
    [InlineData(1234.5, 60, "1230")]
    [InlineData(1234.5, 3, "1234")]
    [InlineData(0.29318, double.NaN, "0.29")]
    [InlineData(0.5, 0, "0.500000")]
    [InlineData(-0.02, 0.6, "0.0")]
    public void Number_HasTheDigitsThatAreKnown(double value, double error, string expected) => Assert.Equal(expected, FlowSentence.Known(value, error));
}
