using RnnCompare.Numerics;

namespace RnnCompare.Tests.Numerics;

public class WorkersTests
{
    private ref struct Counting
    {
        public Span<int> Runs;
        public int FailingFrom;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Run_RunsEveryPartOnce(int count)
    {
        using var workers = new Workers(count);
        Assert.Equal(count, workers.Count);
        foreach (var parts in new[] { 0, 1, 2, 3, 17, 100 })
        {
            var runs = new int[parts];
            for (var round = 1; round <= 20; round++)
            {
                Run(workers, runs, failingFrom: int.MaxValue);
                Assert.All(runs, part => Assert.Equal(round, part));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_ThrowsTheExceptionOfTheLowestPartAndWorksOn(int count)
    {
        using var workers = new Workers(count);
        for (var round = 0; round < 20; round++)
        {
            var error = Assert.Throws<InvalidDataException>(() => Run(workers, new int[20], failingFrom: 11));
            Assert.Equal("part 11", error.Message);
            var runs = new int[20];
            Run(workers, runs, failingFrom: 20);
            Assert.All(runs, part => Assert.Equal(1, part));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_RefusesAJobInsideAJob(int count)
    {
        using var workers = new Workers(count);
        var state = workers;
        Assert.Throws<InvalidOperationException>(() => workers.Run(
            2, ref state, static (ref Workers self, int _) => Run(self, new int[2], int.MaxValue)));
    }

    [Fact]
    public void Run_RefusesAfterDispose()
    {
        var workers = new Workers(2);
        workers.Dispose();
        workers.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Run(workers, new int[2], int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Workers(0));
    }

    [Fact]
    public void Run_AllocatesNothing()
    {
        using var workers = new Workers(2);
        var runs = new int[4];
        Run(workers, runs, int.MaxValue);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Run(workers, runs, int.MaxValue);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Run(Workers workers, Span<int> runs, int failingFrom)
    {
        var state = new Counting { Runs = runs, FailingFrom = failingFrom };
        workers.Run(runs.Length, ref state, static (ref Counting counting, int part) =>
        {
            if (part >= counting.FailingFrom)
            {
                throw new InvalidDataException($"part {part}");
            }

            counting.Runs[part]++;
        });
    }
}
