namespace RnnCompare.Equations.Language;

/// <summary>Goes through the tokens of a text.</summary>
internal sealed class TokenReader(List<Token> tokens)
{
    private int _next;

    public Token Next => tokens[_next];

    public Token After => tokens[Math.Min(_next + 1, tokens.Count - 1)];

    public bool AtEndOfLine => Next.Kind is TokenKind.EndOfLine or TokenKind.EndOfText;

    public Token Take() => tokens[_next < tokens.Count - 1 ? _next++ : _next];

    public bool TakeIf(string sign)
    {
        if (!Next.Is(sign))
        {
            return false;
        }

        Take();
        return true;
    }

    public Token TakeName(string expected) => Next.Kind == TokenKind.Name ? Take() : throw Expected(expected);

    public void TakeSign(string sign, string after)
    {
        if (!TakeIf(sign))
        {
            throw Expected($"'{sign}' {after}");
        }
    }

    public void TakeEndOfLine(string after)
    {
        if (!AtEndOfLine)
        {
            throw Expected($"the end of the line {after}");
        }

        Take();
    }

    public EquationException Expected(string expected) => new($"{Next.Shown} stands here, but {expected} is expected.", Next.Position);
}
