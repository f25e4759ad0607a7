using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Tests.Numerics.RandomNumbers;

/// <summary>Every expected value was printed by NumPy 1.24.2 on x86-64 Linux, for the call named beside it.</summary>
public class NumpyGeneratorTests
{
    // standard_normal(3), random(2), integers(0, 10, 3), standard_normal(1), integers(0, 10, 2), random(1):
    // the odd count of integers leaves half a word, which waits while the others draw. Seeds of one word and of two.
    [Theory]
    [InlineData(0, new long[] { 6, 9, 5, 6, 6 }, new ulong[] { 0x3FC017ED89DB8441, 0xBFC0E8CFE9BD45CC, 0x3FE47E57A468B06D, 0x3F90EC9ED84D0BC0, 0x3FEA064F4F059BCA, 0x3FEE4E7CBC69BCA3, 0x3FEDEC1D00F1EAD7 })]
    [InlineData(1, new long[] { 8, 4, 2, 8, 6 }, new ulong[] { 0x3FD61E0D28BBB3A1, 0x3FEA4AB22204681F, 0x3FD525E18CE5FC0A, 0x3FEE5B5615DA558D, 0x3FD3F50BE80FF35C, 0x3FE29884FE946122, 0x3F9C3874C857CC00 })]
    [InlineData(42, new long[] { 5, 9, 7, 7, 5 }, new ulong[] { 0x3FD3807C1104FC6B, 0xBFF0A3C65FCA9A7E, 0x3FE803B239E77350, 0x3FE650D6C1C2C011, 0x3FB81C01B5339380, 0xBFD43D5191EDF2D2, 0x3FDCD31F8A75BE6E })]
    [InlineData(uint.MaxValue, new long[] { 8, 5, 5, 2, 7 }, new ulong[] { 0xBF9BED210A08635E, 0x3FCB90B7AC677284, 0xBFE55773A8D2C747, 0x3FEDEB9EE576A18D, 0x3FD2F11E3A886EC8, 0x3FC8B8793B055B07, 0x3FE7076F9C10CE17 })]
    [InlineData(1UL << 32, new long[] { 0, 2, 2, 7, 0 }, new ulong[] { 0x3FBA5C170234E89E, 0xBFEF607A848D4287, 0xBFEA28C84DD75DED, 0x3FEE9BC2DD875173, 0x3FAE02CE67C855D0, 0xBF62EAAA2F5F6C00, 0x3FE3CCEFBDBEA070 })]
    [InlineData(ulong.MaxValue, new long[] { 3, 3, 8, 5, 2 }, new ulong[] { 0x3FE715303191D87B, 0xBFEF10C32096A2BD, 0x3FB1B8D40660F8BF, 0x3FECA04D55E33445, 0x3FC081EECC4D67F8, 0x3FE9CB0635C35311, 0x3FE05EB984A34A1F })]
    public void MixedDraws_AreNumPys(ulong seed, long[] integers, ulong[] doubles)
    {
        var random = new NumpyGenerator(seed);
        double[] drawn = [.. random.StandardNormal(3).Data, .. random.Random(2).Data];
        long[] drawnIntegers = [.. random.Integers(0, 10, 3).Data];
        drawn = [.. drawn, .. random.StandardNormal(1).Data];
        drawnIntegers = [.. drawnIntegers, .. random.Integers(0, 10, 2).Data];
        drawn = [.. drawn, .. random.Random(1).Data];

        Assert.Equal(integers, drawnIntegers);
        Assert.Equal(doubles, drawn.Select(BitConverter.DoubleToUInt64Bits));
    }

    // standard_normal(1000000), then random(1000000).
    [Theory]
    [InlineData(1, 0x130FF4DB16C8EFC2, 0x27A74D62CDB79F33)]
    [InlineData(42, 0xF13B20607772B7F1, 0x070EFB7921D5F6BB)]
    public void AMillionDraws_AreNumPys(ulong seed, ulong gaussians, ulong uniforms)
    {
        var random = new NumpyGenerator(seed);
        var normal = random.StandardNormal(1_000_000).Data;
        Assert.Equal(279, normal.Count(value => Math.Abs(value) > ZigguratTables.Edge)); // the tail was among them
        Assert.Equal(gaussians, Checksum.Of(normal));
        Assert.Equal(uniforms, Checksum.Of(random.Random(1_000_000).Data));
    }

    [Fact]
    public void Uniform_IsNumPys()
    {
        var drawn = new NumpyGenerator(42).Uniform(-0.5, 1.25, 2, 3);
        Assert.True(drawn.HasShape(2, 3));
        Assert.Equal(
            [0x3FEB576F14DCFF80, 0x3FD12785CAB94FDC, 0x3FF00A6E0D441FDA, 0x3FE70D77D314D01E, 0xBFD573BF40B96F78, 0x3FF35142D1FABDCD],
            drawn.Data.Select(BitConverter.DoubleToUInt64Bits));
    }

    // integers(low, high, 1000), then random(): ranges of one value, below, at and above 32 bits, and two that often reject.
    [Theory]
    [InlineData(0, 10, 0x0000000000452FE7, 0x3FE79317CED9DD98)]
    [InlineData(-7, 9, 0x000000000007F748, 0x3FE79317CED9DD98)]
    [InlineData(5, 6, 0x00000000004C4B40, 0x3FE8C43F79A2DB24)]
    [InlineData(0, 4294967295, 0x0007AA581EF3FBD2, 0x3FE79317CED9DD98)]
    [InlineData(0, 4294967296, 0x0007AA581F033E12, 0x3FE79317CED9DD98)]
    [InlineData(0, 3221225472, 0x0005DDCD0FD47659, 0x3FD321E48D39C31A)]
    [InlineData(-3, 4294967301, 0x0007976A4E01F078, 0x3FAFC6BC49C19A50)]
    [InlineData(0, 6917529027641081856, 0x6811B2E3380E5075, 0x3FDB32DCBCBA3EB2)]
    [InlineData(long.MinValue, long.MaxValue, 0x4DFAB41409BA4461, 0x3FAFC6BC49C19A50)]
    public void Integers_AreNumPys(long low, long high, ulong integers, ulong next)
    {
        var random = new NumpyGenerator(42);
        Assert.Equal(integers, Checksum.Of(random.Integers(low, high, 10, 100).Data));
        Assert.Equal(next, BitConverter.DoubleToUInt64Bits(random.Random().Data[0]));
    }

    [Fact]
    public void Permutation_IsNumPys()
    {
        Assert.Equal([0], new NumpyGenerator(42).Permutation(1).Data);
        Assert.Equal([5, 6, 0, 7, 3, 2, 4, 9, 1, 8], new NumpyGenerator(42).Permutation(10).Data);
        Assert.Equal(0x0001C5359EF43AF2u, Checksum.Of(new NumpyGenerator(42).Permutation(100_000).Data));
    }

    [Fact]
    public void Shuffle_MovesRowsAsNumPyDoes()
    {
        var random = new NumpyGenerator(42);
        var rows = new NdArray<double>([.. Enumerable.Range(0, 12).Select(i => (double)i)], 4, 3);
        var vector = new NdArray<long>([0, 1, 2, 3, 4, 5, 6], 7);
        random.Shuffle(rows);
        random.Shuffle(vector);
        Assert.Equal([9, 10, 11, 6, 7, 8, 3, 4, 5, 0, 1, 2], rows.Data);
        Assert.Equal([0, 3, 5, 6, 2, 4, 1], vector.Data);
    }
}
