using RnnCompare.Numerics;

namespace RnnCompare.Tests.Numerics;

public class MachinePeakTests
{
    [Fact]
    public void MachinePeak_IsAPositiveNumber()
    {
        using var workers = new Workers(2);
        Assert.All([MachinePeak.FlopsPerSecond<float>(), MachinePeak.BytesPerSecond(workers)], figure => Assert.InRange(figure, double.Epsilon, double.MaxValue));
    }
}
