using System.Globalization;
using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Language;

/// <summary>Reads the lines of a cell's text.</summary>
internal sealed class CellParser
{
    /// <summary>The name of the read-out.</summary>
    public const string Output = "y";

    private static readonly string[] Words = ["cell", "state", "weight", "stack", "size"];

    private readonly TokenReader _reader;
    private readonly CellText _cell = new();
    private readonly HashSet<string> _states = [];
    private readonly HashSet<string> _vectors = [Scope.Input];

    private CellParser(string text)
    {
        _reader = new(Lexer.Read(text));
        _cell.Source = text.Split('\n').Select(line => line.Split('#', 2)).FirstOrDefault(parts => parts[0].TrimStart().StartsWith("cell", StringComparison.Ordinal)) is [_, var comment] ? string.Concat(comment.Where(character => Lexer.IsPlain(character) || char.IsSurrogate(character))).Trim() : "";
    }

    public static CellText Read(string text)
    {
        var parser = new CellParser(text);
        parser.ReadLines();
        return parser._cell;
    }

    private void ReadLines()
    {
        while (_reader.Next.Kind != TokenKind.EndOfText)
        {
            if (_reader.Next.Kind == TokenKind.EndOfLine)
            {
                _reader.Take();
                continue;
            }

            ReadLine();
            _reader.TakeEndOfLine("after this");
        }

        _cell.End = _reader.Next.Position;
        if (_cell.Name.Length == 0)
        {
            throw new EquationException("A cell begins with a line 'cell' and its name.", new(1, 1));
        }
    }

    private void ReadLine()
    {
        var first = _reader.TakeName("a line that begins with 'cell', 'state', 'weight', 'stack', 'size' or the name that an equation defines");
        if (!Words.Contains(first.Text) || _reader.Next.Kind != TokenKind.Name)
        {
            ReadEquation(first);
            return;
        }

        switch (first.Text)
        {
            case "cell":
                ReadCellName();
                break;
            case "size":
                ReadSize();
                break;
            case "stack":
                ReadStack();
                break;
            default:
                do
                {
                    (first.Text == "state" ? (Action)ReadState : ReadWeight)();
                }
                while (_reader.TakeIf(","));
                break;
        }
    }

    // Names of cells may have hyphens and begin a part with a number: gru-reset-before.
    private void ReadCellName()
    {
        _cell.Name = _reader.TakeName("the cell's name").Text;
        while (_reader.TakeIf("-"))
        {
            _cell.Name += "-";
            do
            {
                _cell.Name += _reader.Next.Kind is TokenKind.Name or TokenKind.Number ? _reader.Take().Text : throw _reader.Expected("the rest of the cell's name");
            }
            while (_reader.Next.Kind is TokenKind.Name);
        }
    }

    private void ReadState()
    {
        var name = _reader.TakeName("the state's name");
        var length = Dimension.H;
        if (_reader.TakeIf("("))
        {
            length = DimensionParser.Read(_reader);
            _reader.TakeSign(")", "after the state's length");
        }

        if (!_states.Add(name.Text))
        {
            throw new EquationException($"The state '{name.Text}' is declared twice.", name.Position);
        }

        _vectors.Add(name.Text);
        _cell.States.Add(new(name.Text, length, name.Position));
    }

    private void ReadWeight()
    {
        var name = _reader.TakeName("the weight's name");
        var axes = DimensionParser.ReadAxes(_reader);
        if (axes.Count > 2)
        {
            throw new EquationException($"The weight '{name.Text}' has {axes.Count} axes, but weights are numbers, vectors or matrices.", name.Position);
        }

        var initial = double.NaN;
        if (_reader.TakeIf("="))
        {
            var sign = _reader.TakeIf("-") ? -1 : 1;
            initial = _reader.Next.Kind == TokenKind.Number ? sign * ExpressionParser.Value(_reader.Take()) : throw _reader.Expected("the number from which the weight starts");
        }

        _cell.Weights.Add(new(name.Text, axes, initial, name.Position));
    }

    private void ReadStack()
    {
        var name = _reader.TakeName("the name of the weights that are stacked");
        _reader.TakeSign("=", "after the name");
        var parts = new List<string>();
        do
        {
            parts.Add(_reader.TakeName("the name of a weight").Text);
        }
        while (_reader.TakeIf(",") || _reader.TakeIf(";"));
        _cell.Stacks.Add(new(name.Text, [.. parts], name.Position));
    }

    private void ReadSize()
    {
        var name = _reader.TakeName("the name of the size");
        if (!char.IsAsciiLetterUpper(name.Text[0]) || name.Text is "I" or "H" or "O" or "T" or "B" || _cell.Sizes.Exists(size => size.Letter == name.Text))
        {
            throw new EquationException($"'{name.Text}' is no name for a size: it begins with a capital, is declared once, and is not I, H, O, T (steps) or B (sequences).", name.Position);
        }

        _reader.TakeSign("=", "after the name of the size");
        var of = DimensionParser.Read(_reader);
        var divisor = 1;
        if (_reader.TakeIf("/") && !(int.TryParse(_reader.Take().Text, NumberStyles.None, CultureInfo.InvariantCulture, out divisor) && divisor > 0))
        {
            throw new EquationException($"The size {name.Text} is divided by something that is not a whole number.", name.Position);
        }

        _cell.Sizes.Add(new(name.Text, of, divisor, name.Position));
    }

    private void ReadEquation(Token first)
    {
        var targets = new List<string> { ReadTarget(first) };
        while (_reader.TakeIf(","))
        {
            targets.Add(ReadTarget(_reader.TakeName("the next name of a split")));
        }

        _reader.TakeSign("=", "after what the equation defines");
        var value = targets.Count > 1 ? ReadSplit() : new ExpressionParser(_reader, _cell.Map, _states, _vectors).Read();
        var equation = new EquationLine([.. targets], value, first.Position);
        if (targets is [Output] && !_states.Contains(Output))
        {
            _cell.ReadOut = _cell.ReadOut is null ? equation : throw new EquationException($"'{Output}' has two equations.", first.Position);
            return;
        }

        _cell.Equations.Add(equation);
        _vectors.UnionWith(targets);
    }

    private string ReadTarget(Token name)
    {
        var isState = _states.Contains(name.Text);
        var isNext = _reader.Next.Is("'") || _reader.Next.Is("[");
        if (isNext && ExpressionParser.ReadStep(_reader) != 0)
        {
            throw new EquationException($"An equation defines the state of this step, {name.Text}', not that of the step before.", name.Position);
        }

        if (isNext != isState)
        {
            throw new EquationException(
                isState ? $"'{name.Text}' is a state: its new value is written {name.Text}'." : $"'{name.Text}' has a prime, but it is not a state: a line 'state {name.Text}' declares it.",
                name.Position);
        }

        return !isState && (_vectors.Contains(name.Text) || Function.Named(name.Text) is not null)
            ? throw new EquationException($"'{name.Text}' is defined already.", name.Position)
            : name.Text;
    }

    // a, b = split(z), or a, b = z.
    private Expression ReadSplit()
    {
        var isCall = _reader.Next is { Kind: TokenKind.Name, Text: "split" };
        if (isCall)
        {
            _reader.Take();
            _reader.TakeSign("(", "after split");
        }

        var value = new ExpressionParser(_reader, _cell.Map, _states, _vectors).Read();
        if (isCall)
        {
            _reader.TakeSign(")", "after what is split");
        }

        return value;
    }
}
