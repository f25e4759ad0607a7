using System.Buffers.Binary;
using Google.Protobuf;

namespace RnnCompare.Prototypes.Onnx;

/// <summary>One field of a Protocol Buffers message, not yet understood.</summary>
/// <param name="Number">The field's number.</param>
/// <param name="Value">Its value where it is a number; the bits of a float or a double.</param>
/// <param name="Bytes">Its bytes where it is a text, a message or a packed list; null for a number.</param>
internal readonly record struct WireField(int Number, ulong Value, byte[]? Bytes)
{
    /// <summary>The fields of a message.</summary>
    /// <exception cref="InvalidProtocolBufferException">The message is damaged.</exception>
    public static IEnumerable<WireField> Of(byte[] message)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
        {
            var number = WireFormat.GetTagFieldNumber(tag);
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.Varint:
                    yield return new(number, input.ReadUInt64(), null);
                    break;
                case WireFormat.WireType.Fixed32:
                    yield return new(number, input.ReadFixed32(), null);
                    break;
                case WireFormat.WireType.Fixed64:
                    yield return new(number, input.ReadFixed64(), null);
                    break;
                case WireFormat.WireType.LengthDelimited:
                    yield return new(number, 0, input.ReadBytes().ToByteArray());
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }
    }

    /// <summary>Whole numbers, one by one or packed.</summary>
    public IEnumerable<long> Integers()
    {
        if (Bytes is null)
        {
            yield return (long)Value;
            yield break;
        }

        using var input = new CodedInputStream(Bytes);
        while (!input.IsAtEnd)
        {
            yield return input.ReadInt64();
        }
    }

    /// <summary>32-bit real numbers, one by one or packed.</summary>
    public IEnumerable<double> Singles()
    {
        if (Bytes is null)
        {
            return [BitConverter.UInt32BitsToSingle((uint)Value)];
        }

        var bytes = Bytes;
        return Enumerable.Range(0, bytes.Length / sizeof(float)).Select(i => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float))));
    }

    /// <summary>64-bit real numbers, one by one or packed.</summary>
    public IEnumerable<double> Doubles()
    {
        if (Bytes is null)
        {
            return [BitConverter.UInt64BitsToDouble(Value)];
        }

        var bytes = Bytes;
        return Enumerable.Range(0, bytes.Length / sizeof(double)).Select(i => BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(i * sizeof(double))));
    }
}
