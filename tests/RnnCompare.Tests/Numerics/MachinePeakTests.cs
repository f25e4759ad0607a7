using RnnCompare.Numerics;

namespace RnnCompare.Tests.Numerics;

public class MachinePeakTests
{
    [Fact]
    public void MachinePeak_IsAPositiveNumberForOneThreadAndForMore()
    {
        using var workers = new Workers(2);
        Assert.All(
            [MachinePeak.FlopsPerSecond<float>(), MachinePeak.FlopsPerSecond<double>(workers), MachinePeak.BytesPerSecond(), MachinePeak.BytesPerSecond(workers)],
            figure => Assert.True(double.IsFinite(figure) && figure > 0, $"{figure}"));
    }
}
