namespace RnnCompare.Prototypes.Files;

/// <summary>The checksum of zip entries: CRC-32 with the reflected polynomial EDB88320 (ISO 3309), a byte at a time.</summary>
internal sealed class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(index => Remainder((uint)index))];

    private uint _register = uint.MaxValue;

    public uint Value => ~_register;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var register = _register;
        foreach (var value in bytes)
        {
            register = Table[(byte)register ^ value] ^ (register >> 8);
        }

        _register = register;
    }

    private static uint Remainder(uint register)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            register = (register >> 1) ^ ((register & 1) * 0xEDB88320);
        }

        return register;
    }
}
