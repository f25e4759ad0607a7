using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Tests.Numerics.RandomNumbers;

/// <summary>Every expected value was printed by NumPy 1.24.2 on x86-64 Linux, for the call named beside it.</summary>
public class NumpyLegacyRandomTests
{
    // randn(3), rand(2), randn(2): the odd count leaves a second Gaussian, which waits while rand draws.
    [Theory]
    [InlineData(0u, new ulong[] { 0x3FFC398EF3E5CFA5, 0x3FD99C2CFACC8953, 0x3FEF51D25222C9AB, 0x3FDB1D2904FD0EF6, 0x3FE4AB2A21899B5B, 0x4001ED5969E3314E, 0x3FEE671FD33295E9 })]
    [InlineData(1u, new ulong[] { 0x3FF9FD5190657C50, 0xBFE393822FB7D9AD, 0xBFE0E6C872548FD2, 0x3FD964A3677BFBE8, 0x3FE13DFC97629F54, 0xBFF12AE1255CB80C, 0x3FFBEABFBD8FC605 })]
    [InlineData(42u, new ulong[] { 0x3FDFCA2A28A9307C, 0xBFC1B2A505DE052A, 0x3FE4B9DD50245E68, 0x3FC3F86B37222184, 0x3FC3F7A0E1997F4C, 0x3FF85E548E01AA2B, 0x3FF94474A8407408 })]
    [InlineData(uint.MaxValue, new ulong[] { 0x3FE4BFC38C486D8A, 0x3FE56B192E507EEE, 0xBFF149E836F192FD, 0x3FED1999C0AED972, 0x3FE1B835369CB7F1, 0x3FD23543DEC5A0FC, 0xBFA68A93F10B89EE })]
    public void RandnAndRand_AreNumPys(uint seed, ulong[] expected)
    {
        var random = new NumpyLegacyRandom(seed);
        double[] drawn = [.. random.Randn(3).Data, .. random.Rand(2).Data, .. random.Randn(1, 2).Data];
        Assert.Equal(expected, drawn.Select(BitConverter.DoubleToUInt64Bits));
    }

    // randn(1000001), rounded to float32 because the last bit of a logarithm is the platform's; then rand(1000000).
    [Theory]
    [InlineData(1u, 0x8AFC314484EB34E0, 0xB6493F39ACD6B884)]
    [InlineData(42u, 0x99E5DBA967581A04, 0x079DDE06F6850663)]
    public void AMillionDraws_AreNumPys(uint seed, ulong gaussians, ulong uniforms)
    {
        var random = new NumpyLegacyRandom(seed);
        Assert.Equal(gaussians, Checksum.Of(random.Randn(1_000_001).Convert<double, float>().Data));
        Assert.Equal(uniforms, Checksum.Of(random.Rand(1_000_000).Data));
    }

    [Fact]
    public void Randn_GivesTheInputsOfThePublishedExample()
    {
        var random = new NumpyLegacyRandom(1);
        var x = random.Randn(3, 1, 4);
        Assert.Equal(["1.62434536", "-0.61175641", "-0.52817175", "-1.07296862"], x.Row(0).ToArray().Select(value => value.ToString("F8")));

        // s0, W, U, V, ba, by and the upstream ds, which NumPy draws in this order.
        int[][] shapes = [[5, 1], [5, 5], [5, 3], [3, 5], [5, 1], [3, 1], [5, 1, 4]];
        var rest = shapes.SelectMany(shape => random.Randn(shape).Data);
        Assert.Equal(0xFFCCB2F36AA3E697, Checksum.Of(x.Data.Concat(rest)));
    }

    [Fact]
    public void Uniform_IsNumPys()
    {
        var drawn = new NumpyLegacyRandom(42).Uniform(-0.5, 1.25, 2, 3);
        Assert.True(drawn.HasShape(2, 3));
        Assert.Equal(
            [0x3FC3E5A0EA4D9EB8, 0x3FF29EB85BA45B8A, 0x3FE8FDDD7A7534CE, 0x3FE1865E372D8E34, 0xBFCD0D445F844558, 0xBFCD0EA67533613C],
            drawn.Data.Select(BitConverter.DoubleToUInt64Bits));
        Assert.Throws<ArgumentOutOfRangeException>("high", () => new NumpyLegacyRandom(42).Uniform(double.MinValue, double.MaxValue));
    }

    // randint(low, high, 1000), then rand(): ranges that reject, fit their mask, are one value, 32 bits, and more.
    [Theory]
    [InlineData(0, 10, 0x000000000043D75C, 0x3FD0628EF82516F2)]
    [InlineData(-7, 9, 0x000000000008D1DA, 0x3FE657573C21176E)]
    [InlineData(5, 6, 0x00000000004C4B40, 0x3FD7F8771E5F51EC)]
    [InlineData(0, 4294967296, 0x0007B6AA0B7F17EA, 0x3FE657573C21176E)]
    [InlineData(-3, 4294967301, 0x00079A700A777A8E, 0x3FEF66C927EB0F60)]
    [InlineData(long.MinValue, long.MaxValue, 0x1AAACE1917D71BCB, 0x3FC7B26F91632500)]
    public void RandInt_IsNumPys(long low, long high, ulong integers, ulong next)
    {
        var random = new NumpyLegacyRandom(42);
        Assert.Equal(integers, Checksum.Of(random.RandInt(low, high, 10, 100).Data));
        Assert.Equal(next, BitConverter.DoubleToUInt64Bits(random.Rand().Data[0]));
    }

    [Fact]
    public void RandInt_RefusesAnEmptyRange() =>
        Assert.Throws<ArgumentOutOfRangeException>("low", () => new NumpyLegacyRandom(1).RandInt(3, 3));

    [Fact]
    public void Permutation_IsNumPys()
    {
        Assert.Equal([0], new NumpyLegacyRandom(42).Permutation(1).Data);
        Assert.Equal([8, 1, 5, 0, 7, 2, 9, 4, 3, 6], new NumpyLegacyRandom(42).Permutation(10).Data);
        Assert.Equal(0x0001C67B29A40C66u, Checksum.Of(new NumpyLegacyRandom(42).Permutation(100_000).Data));
        Assert.Empty(new NumpyLegacyRandom(42).Permutation(0).Data);
    }

    [Fact]
    public void Shuffle_MovesRowsAsNumPyDoes()
    {
        var random = new NumpyLegacyRandom(42);
        var rows = new NdArray<double>([.. Enumerable.Range(0, 12).Select(i => (double)i)], 4, 3);
        var vector = new NdArray<long>([0, 1, 2, 3, 4, 5, 6], 7);
        random.Shuffle(rows);
        random.Shuffle(vector);
        Assert.Equal([3, 4, 5, 9, 10, 11, 0, 1, 2, 6, 7, 8], rows.Data);
        Assert.Equal([3, 0, 1, 6, 5, 4, 2], vector.Data);
        Assert.Throws<ArgumentException>("array", () => random.Shuffle(new NdArray<long>()));
    }
}
