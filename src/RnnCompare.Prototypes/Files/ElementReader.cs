using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnCompare.Numerics;

namespace RnnCompare.Prototypes.Files;

/// <summary>Makes an array of the bytes that a file has for it.</summary>
internal static class ElementReader
{
    /// <summary>Reads the elements, all that <paramref name="bytes"/> still has.</summary>
    public static StoredArray Read(ArrayBytes bytes, ArrayLayout layout)
    {
        var expected = (Int128)layout.Count * layout.ElementSize;
        if (expected != bytes.Remaining)
        {
            throw bytes.Name.Refuse($"has shape {layout.ShapeText}, expected {expected} bytes of elements, found {bytes.Remaining}.");
        }

        return layout.ElementType switch
        {
            ElementType.Float16 => StoredArray.Of(layout.ElementType, Numbers<Half>(bytes, layout).Convert<Half, float>()),
            ElementType.Float32 => StoredArray.Of(Numbers<float>(bytes, layout)),
            ElementType.Float64 => StoredArray.Of(Numbers<double>(bytes, layout)),
            ElementType.Extended => StoredArray.Of(layout.ElementType, Extended(bytes, layout)),
            ElementType.Int64 => StoredArray.Of(Numbers<long>(bytes, layout)),
            ElementType.Int32 => StoredArray.Of(layout.ElementType, Numbers<int>(bytes, layout).Convert<int, long>()),
            ElementType.Text => StoredArray.Of(RowMajor(Texts(bytes, layout), layout), layout.Shape),
            _ => StoredArray.Of(layout.ElementType, Numbers<byte>(bytes, layout).Convert<byte, long>()),
        };
    }

    private static NdArray<T> Numbers<T>(ArrayBytes bytes, ArrayLayout layout)
        where T : unmanaged => new(RowMajor(Elements<T>(bytes, layout, layout.Count), layout), layout.Shape);

    private static NdArray<double> Extended(ArrayBytes bytes, ArrayLayout layout)
    {
        var numbers = Numbers<UInt128>(bytes, layout);
        return new([.. numbers.Data.Select(ExtendedNumber.ToDouble)], layout.Shape);
    }

    private static string[] Texts(ArrayBytes bytes, ArrayLayout layout)
    {
        var texts = new List<string>();
        for (var count = layout.Count; texts.Count < count;)
        {
            var characters = Elements<int>(bytes, layout, layout.Width);
            texts.Add(ArrayText.FromUtf32(characters) ?? throw bytes.Name.Refuse("holds numbers that are no characters, expected text."));
        }

        return [.. texts];
    }

    private static T[] Elements<T>(ArrayBytes bytes, ArrayLayout layout, int count)
        where T : unmanaged
    {
        var elements = bytes.ReadElements<T>(count);
        if (layout.BigEndian && Unsafe.SizeOf<T>() == sizeof(short))
        {
            var words = MemoryMarshal.Cast<T, short>(elements.AsSpan());
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else if (layout.BigEndian && Unsafe.SizeOf<T>() == 2 * sizeof(long))
        {
            var words = MemoryMarshal.Cast<T, UInt128>(elements.AsSpan());
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else if (layout.BigEndian && Unsafe.SizeOf<T>() == sizeof(int))
        {
            var words = MemoryMarshal.Cast<T, int>(elements.AsSpan());
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else if (layout.BigEndian && Unsafe.SizeOf<T>() == sizeof(long))
        {
            var words = MemoryMarshal.Cast<T, long>(elements.AsSpan());
            BinaryPrimitives.ReverseEndianness(words, words);
        }

        return elements;
    }

    private static T[] RowMajor<T>(T[] elements, ArrayLayout layout) =>
        layout.ColumnMajor ? ArrayShape.FromColumnMajor(elements, layout.Shape) : elements;
}
