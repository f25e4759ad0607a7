using System.Buffers.Binary;
using System.Text;
using RnnCompare.Experiments.Results.TensorBoard;

namespace RnnCompare.Experiments.Tests.Results.TensorBoard;

public class EventFileTests
{
    [Theory]
    [InlineData("", 0x0000_0000u)]
    [InlineData("a", 0xC1D0_4330u)]
    [InlineData("123456789", 0xE306_9283u)]
    public void Checksum_IsTheMaskedCrc32C(string text, uint crc)
    {
        // The check value of CRC-32/ISCSI is 0xE3069283.
        Assert.Equal(unchecked(((crc >> 15) | (crc << 17)) + 0xA282_EAD8u), EventFile.Checksum(Encoding.ASCII.GetBytes(text)));
    }

    [Fact]
    public void Records_AreReadBackByAPlainReader()
    {
        using var stream = new MemoryStream();
        var file = new EventFile(stream);
        file.Begin(1000.5);
        file.Scalar(1001.25, 3, "loss", 0.5);
        file.Scalar(1002, 1L << 40, "score/prüfung", double.NaN);
        stream.Position = 0;

        var events = Records(stream).Select(Fields).ToArray();
        Assert.Equal(3, events.Length);
        Assert.Equal(1000.5, Double(events[0][1]));
        Assert.Equal("brain.Event:2", Encoding.UTF8.GetString(events[0][3]));
        Assert.Equal(1001.25, Double(events[1][1]));
        Assert.Equal([3], events[1][2]);
        Assert.Equal((1L << 40, "score/prüfung", float.NaN), (Varint(events[2][2]), Entry(events[2]).Tag, Entry(events[2]).Value));
        Assert.Equal(("loss", 0.5f), Entry(events[1]));
    }

    [Fact]
    public void Records_AreReadBackByTensorFlowsOwnDefinition()
    {
        using var stream = new MemoryStream();
        var file = new EventFile(stream);
        file.Begin(1000.5);
        file.Scalar(1001.25, 1L << 40, "score/prüfung", 0.5);
        stream.Position = 0;

        // TorchSharp brings the classes that protoc makes of TensorFlow's event.proto and summary.proto.
        var events = Records(stream).Select(Tensorboard.Event.Parser.ParseFrom).ToArray();
        Assert.Equal((1000.5, "brain.Event:2"), (events[0].WallTime, events[0].FileVersion));
        Assert.Equal((1001.25, 1L << 40), (events[1].WallTime, events[1].Step));
        var value = Assert.Single(events[1].Summary.Value);
        Assert.Equal(("score/prüfung", 0.5f), (value.Tag, value.SimpleValue));
    }

    private static (string Tag, float Value) Entry(Dictionary<int, byte[]> fields)
    {
        var entry = Fields(Fields(fields[5])[1]);
        return (Encoding.UTF8.GetString(entry[1]), BinaryPrimitives.ReadSingleLittleEndian(entry[2]));
    }

    private static double Double(byte[] bytes) => BinaryPrimitives.ReadDoubleLittleEndian(bytes);

    // Written from the format's description, with a bit-by-bit CRC: nothing of the writer is used.
    private static IEnumerable<byte[]> Records(Stream stream)
    {
        using var reader = new BinaryReader(stream);
        while (stream.Position < stream.Length)
        {
            var length = reader.ReadBytes(8);
            Assert.Equal(MaskedCrc(length), reader.ReadUInt32());
            var data = reader.ReadBytes((int)BinaryPrimitives.ReadUInt64LittleEndian(length));
            Assert.Equal(MaskedCrc(data), reader.ReadUInt32());
            yield return data;
        }
    }

    private static uint MaskedCrc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 1 ? 0x82F6_3B78u : 0);
            }
        }

        crc = ~crc;
        return unchecked(((crc >> 15) | (crc << 17)) + 0xA282_EAD8u);
    }

    // The last value of each field of a message, as bytes.
    private static Dictionary<int, byte[]> Fields(byte[] message)
    {
        var fields = new Dictionary<int, byte[]>();
        for (var position = 0; position < message.Length;)
        {
            var key = Read();
            var length = (key & 7) switch { 0 => 0, 1 => 8, 2 => (int)Read(), 5 => 4, _ => throw new InvalidDataException($"wire type {key & 7}") };
            var start = position;
            if ((key & 7) == 0)
            {
                Read();
                length = position - start;
            }

            position = start + length;
            fields[(int)(key >> 3)] = message[start..position];

            long Read()
            {
                var first = position;
                while ((message[position++] & 0x80) != 0)
                {
                }

                return Varint(message[first..position]);
            }
        }

        return fields;
    }

    private static long Varint(byte[] bytes) => bytes.Select((value, i) => (long)(value & 0x7F) << (7 * i)).Aggregate(0L, (sum, part) => sum | part);
}
