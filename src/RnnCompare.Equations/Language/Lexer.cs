using System.Globalization;

namespace RnnCompare.Equations.Language;

/// <summary>A word, number or sign of a text.</summary>
/// <param name="Text">As written, with one spelling for each sign.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Where it begins.</param>
internal readonly record struct Token(string Text, TokenKind Kind, SourcePosition Position)
{
    public bool Is(string sign) => Kind == TokenKind.Sign && Text == sign;

    public string Shown => Kind switch { TokenKind.EndOfLine => "the end of the line", TokenKind.EndOfText => "the end of the text", _ => $"'{Text}'" };
}

internal enum TokenKind
{
    Name,
    Number,
    Sign,
    EndOfLine,
    EndOfText,
}

/// <summary>Cuts a text of equations into words, numbers and signs.</summary>
/// <remarks>Every sign has a plain ASCII spelling. A line goes on after a sign that asks for more, and inside of parentheses and brackets.</remarks>
internal static class Lexer
{
    // Expressions are walked over by calls in calls: a deeper one would need more stack than there is.
    private const int Longest = 1000;

    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private static readonly Dictionary<string, string> Signs = new()
    {
        ["^T"] = "ᵀ", [".T"] = "ᵀ", ["ᵀ"] = "ᵀ",
        ["·"] = "·", ["@"] = "·", ["⋅"] = "·",
        ["⊙"] = "⊙", ["*"] = "⊙", ["∘"] = "⊙", ["×"] = "⊙",
        ["-"] = "-", ["−"] = "-", ["'"] = "'", ["′"] = "'", ["**"] = "^",
        ["+"] = "+", ["/"] = "/", ["^"] = "^", ["="] = "=", ["("] = "(", [")"] = ")",
        ["["] = "[", ["]"] = "]", [","] = ",", [";"] = ";", [":"] = ":",
    };

    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var lines = text.Split('\n');
        var (open, begin) = (0, 0);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            var column = 0;
            while (column < line.Length && line[column] != '#')
            {
                if (char.IsWhiteSpace(line[column]) || line[column] == '\uFEFF')
                {
                    column++;
                    continue;
                }

                var token = ReadToken(line, new(i + 1, column + 1), ref column);
                open += token.Is("(") || token.Is("[") ? 1 : token.Is(")") || token.Is("]") ? -1 : 0;
                tokens.Add(token);
                if (tokens.Count - begin > Longest)
                {
                    throw new EquationException($"More than {Longest} names, numbers and signs stand in one equation; give parts of it names of their own.", token.Position);
                }

                if (token.Text == "^" && column < line.Length && Superscripts.Contains(line[column], StringComparison.Ordinal))
                {
                    tokens.Add(new(Superscripts.IndexOf(line[column++], StringComparison.Ordinal).ToString(CultureInfo.InvariantCulture), TokenKind.Number, token.Position));
                }
            }

            if (open <= 0 && !AsksForMore(tokens))
            {
                tokens.Add(new("", TokenKind.EndOfLine, new(i + 1, column + 1)));
                begin = tokens.Count;
            }
        }

        tokens.Add(new("", TokenKind.EndOfText, new(lines.Length, lines[^1].Length + 1)));
        return tokens;
    }

    private static bool AsksForMore(List<Token> tokens) => tokens.Count > 0 && tokens[^1] is { Kind: TokenKind.Sign, Text: "+" or "-" or "·" or "⊙" or "/" or "=" or "," or "^" };

    private static Token ReadToken(string line, SourcePosition position, ref int column)
    {
        var start = column;
        var first = line[column];
        if (IsLetter(first))
        {
            // A hyphen belongs to the name of a cell only; the parser puts those together.
            while (column < line.Length && (IsLetter(line[column]) || char.IsAsciiDigit(line[column])))
            {
                column++;
            }

            return new(line[start..column], TokenKind.Name, position);
        }

        if (char.IsAsciiDigit(first) || (first == '.' && column + 1 < line.Length && char.IsAsciiDigit(line[column + 1])))
        {
            return new(ReadNumber(line, ref column), TokenKind.Number, position);
        }

        if (Superscripts.Contains(first, StringComparison.Ordinal))
        {
            // The number after it is read as a token of its own.
            return new("^", TokenKind.Sign, position);
        }

        for (var length = Math.Min(2, line.Length - column); length > 0; length--)
        {
            var sign = line.Substring(column, length);
            if (Signs.TryGetValue(sign, out var spelling) && !(sign is "^T" or ".T" && column + 2 < line.Length && IsLetter(line[column + 2])))
            {
                column += length;
                return new(spelling, TokenKind.Sign, position);
            }
        }

        throw new EquationException($"{(IsPlain(first) ? $"'{first}'" : $"The character U+{(int)first:X4}")} is not a sign of the language.", position);
    }

    private static string ReadNumber(string line, ref int column)
    {
        var start = column;
        Digits(ref column);
        if (column < line.Length && line[column] == '.' && !(column + 1 < line.Length && line[column + 1] == 'T'))
        {
            column++;
            Digits(ref column);
        }

        if (column < line.Length && line[column] is 'e' or 'E')
        {
            var exponent = column + 1;
            exponent += exponent < line.Length && line[exponent] is '+' or '-' ? 1 : 0;
            if (exponent < line.Length && char.IsAsciiDigit(line[exponent]))
            {
                column = exponent;
                Digits(ref column);
            }
        }

        return line[start..column];

        void Digits(ref int place)
        {
            while (place < line.Length && char.IsAsciiDigit(line[place]))
            {
                place++;
            }
        }
    }

    /// <summary>Whether a character may stand in a message or in printed code as it is: no control code, no line break, nothing that hides or turns what follows.</summary>
    public static bool IsPlain(char c) => !char.IsControl(c) && !char.IsSurrogate(c) && char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static bool IsLetter(char c) => (char.IsLetter(c) && c != 'ᵀ') || c == '_';
}
