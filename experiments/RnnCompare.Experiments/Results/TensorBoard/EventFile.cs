using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;

namespace RnnCompare.Experiments.Results.TensorBoard;

/// <summary>Writes scalars as TensorBoard reads them: an event file.</summary>
/// <remarks>
/// A file is a chain of records of TensorFlow's TFRecord format: the length (8 bytes, little-endian), its checksum, the data,
/// and their checksum, where a checksum is a masked CRC-32C. Each record is a message <c>tensorflow.Event</c>; the first one
/// names the version of the format.
/// </remarks>
internal sealed class EventFile(Stream stream)
{
    private const string Version = "brain.Event:2";
    private const uint Mask = 0xA282_EAD8;

    // Field numbers of tensorflow.Event, tensorflow.Summary and tensorflow.Summary.Value.
    private const int WallTime = 1;
    private const int Step = 2;
    private const int FileVersion = 3;
    private const int Summary = 5;
    private const int Value = 1;
    private const int Tag = 1;
    private const int SimpleValue = 2;

    /// <summary>Writes the first record.</summary>
    /// <param name="wallTime">When, in seconds since 1970.</param>
    public void Begin(double wallTime)
    {
        Write(Message(output =>
        {
            WriteWallTime(output, wallTime);
            output.WriteTag(FileVersion, WireFormat.WireType.LengthDelimited);
            output.WriteString(Version);
        }));
    }

    /// <summary>Writes one scalar.</summary>
    /// <param name="wallTime">When, in seconds since 1970.</param>
    /// <param name="step">The training step.</param>
    /// <param name="tag">What it is; a slash groups.</param>
    /// <param name="value">The value.</param>
    public void Scalar(double wallTime, long step, string tag, double value)
    {
        var entry = Message(output =>
        {
            output.WriteTag(Tag, WireFormat.WireType.LengthDelimited);
            output.WriteString(tag);
            output.WriteTag(SimpleValue, WireFormat.WireType.Fixed32);
            output.WriteFloat((float)value);
        });
        var summary = Message(output => WriteMessage(output, Value, entry));
        Write(Message(output =>
        {
            WriteWallTime(output, wallTime);
            output.WriteTag(Step, WireFormat.WireType.Varint);
            output.WriteInt64(step);
            WriteMessage(output, Summary, summary);
        }));
    }

    /// <summary>A CRC-32C, masked: the checksum of data that may hold checksums themselves.</summary>
    internal static uint Checksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return unchecked(BitOperations.RotateRight(~crc, 15) + Mask);
    }

    private void Write(byte[] data)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        stream.Write(length);
        WriteChecksum(length);
        stream.Write(data);
        WriteChecksum(data);
    }

    private void WriteChecksum(ReadOnlySpan<byte> data)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Checksum(data));
        stream.Write(bytes);
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var output = new CodedOutputStream(memory, leaveOpen: true))
        {
            write(output);
        }

        return memory.ToArray();
    }

    private static void WriteMessage(CodedOutputStream output, int field, byte[] message)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(message));
    }

    private static void WriteWallTime(CodedOutputStream output, double wallTime)
    {
        output.WriteTag(WallTime, WireFormat.WireType.Fixed64);
        output.WriteDouble(wallTime);
    }
}
