using System.Text;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Tests.Files;

/// <summary>Floating-point types of every width, either byte first, in the bytes that NumPy writes.</summary>
public sealed class FloatTypesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    [Theory]
    [InlineData("<f2", "003E00C0", ElementType.Float16)]
    [InlineData(">f2", "3E00C000", ElementType.Float16)]
    [InlineData("<f4", "0000C03F000000C0", ElementType.Float32)]
    [InlineData(">f4", "3FC00000C0000000", ElementType.Float32)]
    [InlineData("<f8", "000000000000F83F00000000000000C0", ElementType.Float64)]
    [InlineData(">f8", "3FF8000000000000C000000000000000", ElementType.Float64)]
    [InlineData("<f16", "00000000000000C0FF3F000000000000000000000000008000C0000000000000", ElementType.Extended)]
    [InlineData(">f16", "0000000000003FFFC000000000000000000000000000C0008000000000000000", ElementType.Extended)]
    public void Read_TakesEveryFloatingPointType(string type, string bytes, ElementType expected)
    {
        var array = Read(type, bytes);

        Assert.Equal([1.5, -2], array.Get<double>("a", 2).Data);
        Assert.Equal(expected, array["a"].ElementType);
    }

    [Theory]
    [InlineData("00000000000000000000", 0.0)]
    [InlineData("0000000000000080FF7F", double.PositiveInfinity)]
    [InlineData("0000000000000080FFFF", double.NegativeInfinity)]
    [InlineData("00000000000000C0FF7F", double.NaN)]
    [InlineData("CDCCCCCCCCCCCCCCFB3F", 0.1)]
    [InlineData("00F8FFFFFFFFFFFF FE43", double.MaxValue)]
    [InlineData("0000000000000080FF43", double.PositiveInfinity)]
    public void Read_RoundsExtendedNumbersToNearest(string bytes, double expected)
    {
        var two = bytes.Replace(" ", "", StringComparison.Ordinal) + "000000000000";

        Assert.Equal([expected, expected], Read("<f16", two + two).Get<double>("a", 2).Data);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private NamedArrays Read(string type, string bytes)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': (2,), }}".PadRight(117) + "\n";
        var path = Path.Combine(_folder, "a.npy");
        File.WriteAllBytes(path, [0x93, .. Encoding.ASCII.GetBytes("NUMPY"), 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. Convert.FromHexString(bytes)]);
        return ArrayFile.Read(path);
    }
}
