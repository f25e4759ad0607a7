using System.Globalization;

namespace RnnCompare.Prototypes.Files;

/// <summary>Between the text of a <c>.npy</c> header and the layout that it describes.</summary>
internal static class NpyHeader
{
    public static ArrayLayout Parse(string text, ArrayName name)
    {
        var (descr, columnMajor, lengths) = NpyHeaderParser.Parse(text, name);
        var (type, width) = ParseType(descr, name);
        return new ArrayLayout(type, ArrayShape.Check(lengths, name)) { Width = width, BigEndian = descr[0] == '>', ColumnMajor = columnMajor };
    }

    public static string Format(ArrayLayout layout)
    {
        var type = layout.ElementType switch
        {
            ElementType.Float32 => "<f4",
            ElementType.Float64 => "<f8",
            ElementType.Int32 => "<i4",
            ElementType.UInt8 => "|u1",
            ElementType.Boolean => "|b1",
            ElementType.Text => string.Create(CultureInfo.InvariantCulture, $"<U{layout.Width}"),
            _ => "<i8",
        };
        var shape = layout.Shape.Length == 1 ? $"({layout.Shape[0]},)" : layout.ShapeText;
        return $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
    }

    private static (ElementType Type, int Width) ParseType(string descr, ArrayName name)
    {
        if (descr.Length > 1 && "<>|=".Contains(descr[0], StringComparison.Ordinal))
        {
            switch (descr[1..])
            {
                case "f2": return (ElementType.Float16, 1);
                case "f4": return (ElementType.Float32, 1);
                case "f8": return (ElementType.Float64, 1);
                case "f16": return (ElementType.Extended, 1);
                case "i8": return (ElementType.Int64, 1);
                case "i4": return (ElementType.Int32, 1);
                case "u1": return (ElementType.UInt8, 1);
                case "b1": return (ElementType.Boolean, 1);
                case ['O', ..]: throw name.Refuse("holds Python objects, which are pickles and never loaded; expected numbers or text.");
                case ['U', .. var digits] when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width > 0:
                    return (ElementType.Text, width);
            }
        }

        throw name.Refuse($"has elements of type '{descr}'; expected float16, float32, float64, longdouble, int64, int32, uint8, bool or text.");
    }
}
