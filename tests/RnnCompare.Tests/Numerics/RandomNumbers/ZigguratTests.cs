using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Tests.Numerics.RandomNumbers;

public class ZigguratTests
{
    // The tables fi_double, wi_double and ki_double of the library that NumPy 1.24.2 links.
    [Fact]
    public void Tables_AreNumPys()
    {
        var tables = new ZigguratTables();
        Assert.Equal(0x71B60441E815FBE1u, Checksum.Of(tables.Heights));
        Assert.Equal(0x8052D695F7AD397Au, Checksum.Of(tables.Widths));
        Assert.Equal(0xE1BF730D88073606u, Checksum.Of(tables.Inner));
    }

    // log1p(-u) of glibc 2.36 on both sides of every branch.
    [Theory]
    [InlineData(1.1102230246251565e-16, 0xBCA0000000000000)]
    [InlineData(9.313225746154785e-10, 0xBE10000000200000)]
    [InlineData(1.862645149230957e-09, 0xBE20000000400000)]
    [InlineData(4.76837158203125e-07, 0xBEA0000040000155)]
    [InlineData(0.25, 0xBFD269621134DB92)]
    [InlineData(0.29289319999999996, 0xBFD62E42E268C249)]
    [InlineData(0.2928933, 0xBFD62E437A425DF8)]
    [InlineData(0.2928934000000001, 0xBFD62E44121BFB0F)]
    [InlineData(0.29289999999999994, 0xBFD62E6B3842A25B)]
    [InlineData(0.4999999999999999, 0xBFE62E42FEFA39ED)]
    [InlineData(0.49999988079071045, 0xBFE62E427EFA3AEF)]
    [InlineData(0.5, 0xBFE62E42FEFA39EF)]
    [InlineData(0.5000000000000001, 0xBFE62E42FEFA39F1)]
    [InlineData(0.5000001192092896, 0xBFE62E437EFA3AEF)]
    [InlineData(0.75, 0xBFF62E42FEFA39EF)]
    [InlineData(0.7, 0xBFF34378FCBDA720)]
    [InlineData(0.9, 0xC0026BB1BBB55516)]
    [InlineData(0.999, 0xC01BA18A998FFF9F)]
    [InlineData(0.9999999999999999, 0xC0425E4F7B2737FA)]
    public void Log1P_RoundsAsTheCLibrary(double u, ulong expected) =>
        Assert.Equal(expected, BitConverter.DoubleToUInt64Bits(Log1P.OfNegative(u)));

    [Fact]
    public void Log1P_RoundsAsTheCLibraryAMillionTimes()
    {
        var random = new NumpyLegacyRandom(1);
        Assert.Equal(0xA58BEFE664006DD0u, Checksum.Of(random.Rand(1_000_000).Data.Select(Log1P.OfNegative)));
    }
}
