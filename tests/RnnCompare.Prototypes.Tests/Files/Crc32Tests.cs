using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Tests.Files;

public class Crc32Tests
{
    [Fact]
    public void Value_IsTheStandardsCheckValue()
    {
        var checksum = new Crc32();
        checksum.Append("1234"u8);
        checksum.Append("56789"u8);
        Assert.Equal(0xCBF43926, checksum.Value);
    }
}
