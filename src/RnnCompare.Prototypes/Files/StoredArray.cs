using System.Numerics;
using System.Runtime.InteropServices;
using RnnCompare.Numerics;

namespace RnnCompare.Prototypes.Files;

/// <summary>One array of a file: numbers or text, with the type under which the file has them.</summary>
public sealed class StoredArray
{
    private readonly object _values; // NdArray<float>, NdArray<double>, NdArray<long>, or string[]
    private readonly int[] _shape;

    private StoredArray(ElementType elementType, object values, ReadOnlySpan<int> shape)
    {
        ElementType = elementType;
        _values = values;
        _shape = [.. shape];
    }

    /// <summary>What the elements are in the file.</summary>
    public ElementType ElementType { get; }

    /// <summary>The length of each axis.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The shape as it stands in messages, for example <c>(5, 3, 4)</c>.</summary>
    public string ShapeText => $"({string.Join(", ", _shape)})";

    /// <summary>The elements in row-major order where they are text; otherwise none.</summary>
    public ReadOnlySpan<string> Texts => _values as string[];

    /// <summary>Whether the elements are real numbers, and neither whole ones nor text.</summary>
    internal bool IsReal => ElementType is ElementType.Float16 or ElementType.Float32 or ElementType.Float64 or ElementType.Extended;

    /// <summary>The type's name in messages: NumPy's where it has one.</summary>
    internal string TypeText => ElementType switch
    {
        ElementType.Boolean => "bool",
        ElementType.Extended => "longdouble",
        _ => ElementType.ToString().ToLowerInvariant(),
    };

    internal static StoredArray Of<T>(NdArray<T> values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        return values switch
        {
            NdArray<float> => new(ElementType.Float32, values, values.Shape),
            NdArray<double> => new(ElementType.Float64, values, values.Shape),
            NdArray<long> => new(ElementType.Int64, values, values.Shape),
            _ => throw new ArgumentException($"values holds {typeof(T).Name}; files hold float, double and long.", nameof(values)),
        };
    }

    /// <summary>Numbers that the file has under another width.</summary>
    internal static StoredArray Of<T>(ElementType elementType, NdArray<T> values)
        where T : unmanaged => new(elementType, values, values.Shape);

    internal static StoredArray Of(string[] texts, ReadOnlySpan<int> shape) => new(ElementType.Text, texts, shape);

    /// <summary>The numbers in another type, or null where that would lose their meaning: text as numbers, fractions as whole ones.</summary>
    internal NdArray<T>? As<T>()
        where T : unmanaged, INumber<T> => _values switch
        {
            NdArray<T> same => same,
            NdArray<float> numbers when !IsWhole<T>() => numbers.Convert<float, T>(),
            NdArray<double> numbers when !IsWhole<T>() => numbers.Convert<double, T>(),
            NdArray<long> numbers => numbers.Convert<long, T>(),
            _ => null,
        };

    /// <summary>The numbers as a file has them: row-major, least significant byte first; none where the elements are text.</summary>
    public byte[] Bytes()
    {
        using var stream = new MemoryStream();
        WriteNumbers(stream);
        return stream.ToArray();
    }

    /// <summary>Writes the numbers in row-major order, least significant byte first, as every platform of .NET has them in memory.</summary>
    internal void WriteNumbers(Stream stream)
    {
        switch (_values)
        {
            case NdArray<float> numbers: Write<float>(stream, numbers.Span); break;
            case NdArray<double> numbers: Write<double>(stream, numbers.Span); break;
            case NdArray<long> numbers when ElementType == ElementType.Int32: Write<int>(stream, numbers.Convert<long, int>().Span); break;
            case NdArray<long> numbers when ElementType != ElementType.Int64: Write<byte>(stream, numbers.Convert<long, byte>().Span); break;
            case NdArray<long> numbers: Write<long>(stream, numbers.Span); break;
        }
    }

    internal static bool IsWhole<T>()
        where T : INumber<T> => T.IsInteger(T.One / (T.One + T.One)); // one half rounds to zero among whole numbers

    private static void Write<T>(Stream stream, ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        const int Chunk = 1 << 20; // a span of bytes cannot be longer than 2 GiB
        for (; elements.Length > Chunk; elements = elements[Chunk..])
        {
            stream.Write(MemoryMarshal.AsBytes(elements[..Chunk]));
        }

        stream.Write(MemoryMarshal.AsBytes(elements));
    }
}
