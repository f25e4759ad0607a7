namespace RnnCompare.Prototypes.Files;

/// <summary>What the bytes of an array mean.</summary>
/// <param name="ElementType">What the elements are.</param>
/// <param name="Shape">The length of each axis.</param>
internal sealed record ArrayLayout(ElementType ElementType, int[] Shape)
{
    /// <summary>Characters per element for text, otherwise 1.</summary>
    public int Width { get; init; } = 1;

    /// <summary>Whether an element's most significant byte comes first.</summary>
    public bool BigEndian { get; init; }

    /// <summary>Whether the first axis varies fastest (Fortran order), not the last.</summary>
    public bool ColumnMajor { get; init; }

    public string ShapeText => $"({string.Join(", ", Shape)})";

    public int Count
    {
        get
        {
            var count = 1;
            foreach (var length in Shape)
            {
                count *= length;
            }

            return count;
        }
    }

    public long ElementSize => (long)Width * ElementType switch
    {
        ElementType.Extended => 16,
        ElementType.Float64 or ElementType.Int64 => 8,
        ElementType.Float32 or ElementType.Int32 or ElementType.Text => 4,
        ElementType.Float16 => 2,
        _ => 1,
    };

    /// <summary>How an array is written: little-endian, row-major, floating-point types that are not written as the one that they were read as.</summary>
    public static ArrayLayout ToWrite(StoredArray array)
    {
        var width = 1;
        foreach (var text in array.Texts)
        {
            width = Math.Max(width, text.EnumerateRunes().Count());
        }

        var type = array.ElementType switch
        {
            ElementType.Float16 => ElementType.Float32,
            ElementType.Extended => ElementType.Float64,
            var other => other,
        };
        return new ArrayLayout(type, [.. array.Shape]) { Width = width };
    }
}
