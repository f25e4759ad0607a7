using System.Globalization;
using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Language;

/// <summary>Reads the length of an axis: <c>H</c>, <c>4H</c>, <c>H + I</c>, <c>3</c>.</summary>
internal static class DimensionParser
{
    public static Dimension Read(TokenReader reader)
    {
        var sum = ReadPart(reader);
        while (reader.Next.Is("+") || reader.Next.Is("-"))
        {
            sum = reader.Take().Is("+") ? sum + ReadPart(reader) : sum - ReadPart(reader);
        }

        return sum;
    }

    /// <summary>Reads the axes of a weight in parentheses; none for a number.</summary>
    public static ValueList<Dimension> ReadAxes(TokenReader reader)
    {
        reader.TakeSign("(", "before the axes");
        var axes = new List<Dimension>();
        if (!reader.Next.Is(")"))
        {
            axes.Add(Read(reader));
            while (reader.TakeIf(","))
            {
                axes.Add(Read(reader));
            }
        }

        reader.TakeSign(")", "after the axes");
        return [.. axes];
    }

    private static Dimension ReadPart(TokenReader reader)
    {
        if (reader.Next.Kind == TokenKind.Name)
        {
            return ReadLetter(reader);
        }

        if (reader.Next.Kind != TokenKind.Number || !int.TryParse(reader.Next.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw reader.Expected("a length such as H, 4H, H + I or 3");
        }

        reader.Take();
        var hasSign = reader.TakeIf("⊙") || reader.TakeIf("·");
        return hasSign || reader.Next.Kind == TokenKind.Name ? number * ReadLetter(reader) : Dimension.Number(number);
    }

    private static Dimension ReadLetter(TokenReader reader)
    {
        var name = reader.TakeName("a letter such as I, H or O");
        return char.IsAsciiLetterUpper(name.Text[0])
            ? Dimension.Letter(name.Text)
            : throw new EquationException($"'{name.Text}' is not a length: lengths are I, H, O, numbers, and what 'size' lines declare in capitals.", name.Position);
    }
}
