using FsCheck;
using FsCheck.Fluent;
using RnnCompare.Truncation;

namespace RnnCompare.Tests.Truncation;

public class TruncationTests
{
    [Fact]
    public void Windows_LieSideBySide()
    {
        Assert.Equal([new(0, 0, 3), new(3, 3, 6), new(6, 6, 7)], new TruncationSpec(3).Windows(7));
        Assert.Equal([new(0, 0, 1), new(1, 1, 2)], new TruncationSpec(1).Windows(2));
        Assert.Equal([new(0, 0, 7)], new TruncationSpec(7).Windows(7));
        Assert.Equal([new(0, 0, 7)], new TruncationSpec(int.MaxValue).Windows(7));
    }

    [Fact]
    public void Windows_Overlap()
    {
        Assert.Equal([new(0, 0, 2), new(0, 2, 4), new(1, 4, 6), new(3, 6, 7)], new TruncationSpec(2, 5).Windows(7));
        Assert.Equal([new(0, 0, 1), new(0, 1, 2), new(1, 2, 3)], new TruncationSpec(1, 2).Windows(3));
    }

    [Fact]
    public void Windows_CountEveryStepOnce()
    {
        Prop.ForAll(
            (from between in Gen.Choose(1, 12) from more in Gen.Choose(0, 12) from steps in Gen.Choose(1, 30) select (between, more, steps)).ToArbitrary(),
            sizes =>
            {
                TruncationWindow[] windows = [.. new TruncationSpec(sizes.between, sizes.between + sizes.more).Windows(sizes.steps)];
                return windows.SelectMany(window => Enumerable.Range(window.FirstCounted, window.End - window.FirstCounted)).SequenceEqual(Enumerable.Range(0, sizes.steps))
                    && windows.All(window => window.Start <= window.FirstCounted && window.Start == Math.Max(0, window.FirstCounted - sizes.more));
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Sizes_OutOfRangeAreRefused()
    {
        Refused("stepsBetween is 0, but must be at least 1.", () => new TruncationSpec(0));
        Refused("stepsBack is 4, but must be at least stepsBetween, which is 5.", () => new TruncationSpec(5, 4));

        static void Refused(string message, Func<object> create) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(create).Message, StringComparison.Ordinal);
    }
}
