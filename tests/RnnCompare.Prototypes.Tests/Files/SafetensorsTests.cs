using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Tests.Files;

public class SafetensorsTests
{
    // The layout that the format documents, parsed here without the reader.
    [Fact]
    public void Write_FollowsTheDocumentedLayout()
    {
        var arrays = new NamedArrays
        {
            { "bh", new NdArray<float>([1.5f, -2, 4], 3) },
            { "meta", "plain" },
            { "Whh", new NdArray<double>([0.25, 8], 2, 1) },
            { "targets", new NdArray<long>([-5], []) },
        };
        using var stream = new MemoryStream();
        SafetensorsFormat.Write(stream, arrays);
        var bytes = stream.ToArray();

        var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, headerLength % 8);
        var header = JsonNode.Parse(bytes.AsSpan(8, headerLength))!.AsObject();
        var data = bytes.AsSpan(8 + headerLength);

        Assert.Equal(["__metadata__", "Whh", "targets", "bh"], header.Select(entry => entry.Key));
        Assert.Equal("{\"meta\":\"plain\"}", header["__metadata__"]!.ToJsonString());
        Assert.Equal("{\"dtype\":\"F64\",\"shape\":[2,1],\"data_offsets\":[0,16]}", header["Whh"]!.ToJsonString());
        Assert.Equal("{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[16,24]}", header["targets"]!.ToJsonString());
        Assert.Equal("{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[24,36]}", header["bh"]!.ToJsonString());
        Assert.Equal(36, data.Length);
        Assert.Equal((0.25, 8), (BinaryPrimitives.ReadDoubleLittleEndian(data), BinaryPrimitives.ReadDoubleLittleEndian(data[8..])));
        Assert.Equal(-5, BinaryPrimitives.ReadInt64LittleEndian(data[16..]));
        Assert.Equal(4, BinaryPrimitives.ReadSingleLittleEndian(data[32..]));
    }

    [Fact]
    public void Write_RefusesWhatTheFormatCannotHold()
    {
        using var stream = new MemoryStream();
        var reserved = new NamedArrays { { "__metadata__", new NdArray<float>(1) } };
        Assert.Throws<ArgumentException>("tensors", () => SafetensorsFormat.Write(stream, reserved));
        var texts = new NamedArrays();
        texts.Add("names", StoredArray.Of(["a", "b"], [2]));
        Assert.Throws<ArgumentException>("texts", () => SafetensorsFormat.Write(stream, texts));
    }

    [Fact]
    public void Read_TakesArraysInTheOrderOfTheirBytes()
    {
        var arrays = Read("""{"b":{"dtype":"I32","shape":[2],"data_offsets":[4,12]},"a":{"data_offsets":[0,4],"dtype":"F32","shape":[1,1]},"e":{"dtype":"F64","shape":[0,3],"data_offsets":[4,4]},"m":{"dtype":"BOOL","shape":[1],"data_offsets":[12,13]},"__metadata__":{"format":"pt","note":"text"}}     """, new byte[13]);
        Assert.Equal(["note", "a", "e", "b", "m"], arrays.Names); // format is the library's own mark
        Assert.Equal("text", arrays.GetText("note"));
        Assert.Equal([0, 0], arrays.Get<long>("b", 2).Data);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "b begins at byte 4, expected 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}""", "b begins at byte 8, expected 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "a begins at byte 4, expected 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "has 4 bytes that belong to no array")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "a ends at byte 12, expected at most 8")]
    [InlineData("""{"a":{"dtype":"F64","shape":[2,1],"data_offsets":[0,8]}}""", "a has shape (2, 1), expected 16 bytes of elements, found 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "a has shape (-2), expected lengths of at least 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,8]}}""", "a has shape (4294967296,")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "a has the byte range [8, 0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,16]}}""", "a has the byte range [0, 8, 16]")]
    [InlineData("""{"a":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]}}""", "a has elements of type BF16; expected F16, F32")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", "a has no dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", "has a header that is not safetensors'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""", "has a header that is not safetensors'")]
    [InlineData("""{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", "has a header that is not safetensors'")]
    [InlineData("""{"__metadata__":{"a":"x"},"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", "a is there twice")]
    [InlineData("""{"__metadata__":{"a":null}}""", "a holds characters that are not text")]
    [InlineData("""{"__metadata__":{"\ud800":"x"}}""", "has a header that is not safetensors'")]
    [InlineData("""{"a":[]}""", "has a header that is not safetensors'")]
    [InlineData("""{"a":{"b":{"c":{"d":1}}}}""", "has a header that is not safetensors'")]
    [InlineData("""{"a":""", "has a header that is not safetensors'")]
    public void Read_RefusesAHeaderThatIsWrong(string header, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(header, new byte[8]));
        Assert.StartsWith("w.safetensors: " + reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RefusesAHeaderLongerThanTheFile()
    {
        var error = Assert.Throws<InvalidDataException>(() => ArrayFile.Read(new MemoryStream([255, 255, 255, 255, 255, 255, 255, 127, (byte)'{', (byte)'}']), "w.safetensors"));
        Assert.Equal("w.safetensors: promises a header of 9223372036854775807 bytes, expected at most 2.", error.Message);
    }

    private static NamedArrays Read(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        return ArrayFile.Read(new MemoryStream([.. BitConverter.GetBytes((ulong)json.Length), .. json, .. data]), "w.safetensors");
    }
}
