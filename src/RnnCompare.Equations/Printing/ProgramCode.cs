using System.Globalization;
using System.Text;
using RnnCompare.Equations.Derivation;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;
using RnnCompare.Models;

namespace RnnCompare.Equations.Printing;

/// <summary>A cell's two passes as a function to copy: what the languages have in common.</summary>
/// <remarks>
/// Where every product of the cell has its weight on the left, the code has sequences as columns, as the equations do;
/// otherwise they are rows.
/// </remarks>
internal abstract class ProgramCode
{
    // What the read-out calls its own, whatever the cell calls so.
    private static readonly string[] NamesOfReadOut = [LossStatements.Output, LossStatements.Probabilities, LossStatements.Target, LossStatements.LossWeight];

    // The program whose statements are being printed, and whether what is being printed is one for all sequences.
    private StepProgram _current;
    private bool _isShared;

    /// <summary>Prepares the printing of a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="loss">The loss behind the read-out.</param>
    /// <param name="hasColumns">Whether the language can have sequences as columns.</param>
    protected ProgramCode(CellEquations cell, LossKind loss, bool hasColumns = true)
    {
        Cell = cell;
        Loss = loss;
        ReadOut = cell.LossProgram(loss);
        IsColumns = hasColumns;
        foreach (var program in new[] { ReadOut, cell.Step })
        {
            _current = program;
            IsColumns &= program.Forward.SelectMany(statement => statement.Value.Parts()).OfType<MatrixProduct>().All(product => IsMatrix(product.Left));
        }

        _current = cell.Step;
    }

    protected CellEquations Cell { get; }

    protected LossKind Loss { get; }

    protected StepProgram ReadOut { get; }

    /// <summary>Whether sequences are columns.</summary>
    protected bool IsColumns { get; }

    /// <summary>Names that the language or the function around the statements needs for itself.</summary>
    protected abstract IReadOnlyCollection<string> Taken { get; }

    protected IEnumerable<string> States => Cell.States.Select(state => state.Name);

    /// <summary>The weights as the code calls them, each with its gradient.</summary>
    protected IEnumerable<(string Name, string Gradient)> Weights
    {
        get
        {
            _current = Cell.Step;
            foreach (var weight in Cell.Weights)
            {
                yield return (Local(weight.Name), Local(AdjointNames.Of(weight.Name)));
            }

            _current = ReadOut;
            yield return (Local(Cell.ReadOut.Weight), Local(AdjointNames.Of(Cell.ReadOut.Weight)));
            if (Cell.ReadOut.Bias is { } bias)
            {
                yield return (Local(bias), Local(AdjointNames.Of(bias)));
            }
        }
    }

    /// <summary>The names, as the code has them, that have a value for every step.</summary>
    protected IEnumerable<string> Stored => [.. NamesOf(Cell.Step), .. NamesOf(ReadOut)];

    /// <summary>The letters of lengths that the statements name.</summary>
    protected IReadOnlySet<string> UsedLetters => Cell.Step.Forward.Concat(Cell.Step.Backward).SelectMany(statement => Spreading(statement).Parts())
        .SelectMany(part => part switch { Size size => size.Length.Letters, Slice slice => slice.Start.Letters.Concat(slice.Length.Letters), Spread spread => spread.Length.Letters, _ => [] }).ToHashSet();

    protected Variable VariableOf(string name) => _current.Scope[name];

    /// <summary>The statements of a pass of one of the programs, as lines.</summary>
    protected IEnumerable<string> Lines(StepProgram program, ValueList<Statement> statements)
    {
        foreach (var statement in statements)
        {
            _current = program;
            yield return Line(statement);
        }
    }

    /// <summary>What the code calls a name of the program at hand.</summary>
    protected virtual string Local(string name) => Taken.Contains(name) || (_current == Cell.Step && NamesOfReadOut.Contains(name)) ? name + "_" : name;

    private IEnumerable<string> NamesOf(StepProgram program)
    {
        _current = program;
        return [.. program.Forward.Select(statement => Local(statement.Name))];
    }

    private string Line(Statement statement)
    {
        _isShared = VariableOf(statement.Name).Shape.IsShared;
        var isPlain = statement.Target.Shift != 0 || VariableOf(statement.Name).Role == VariableRole.Gradient;
        return $"{(isPlain ? Local(statement.Name) : NameAt(statement.Target))} {(statement.Adds ? "+=" : "=")} {Print(Spreading(statement))}";
    }

    // A number that becomes a vector of each sequence is spread, so that it has the vector's shape.
    private Expression Spreading(Statement statement)
    {
        var scope = Cell.Step.Scope.TryGet(statement.Name, out _) ? Cell.Step.Scope : ReadOut.Scope;
        var shape = scope[statement.Name].Shape;
        return shape is { IsVector: true, IsShared: false } && statement.Value is Number ? new Spread(statement.Value, shape.Last) : statement.Value;
    }

    protected bool IsMatrix(Expression expression)
    {
        return expression switch
        {
            Transpose transpose => IsMatrix(transpose.Operand),
            Reference reference => VariableOf(reference.Name).Shape.IsMatrix,
            _ => false,
        };
    }

    protected string Print(Expression expression)
    {
        return expression switch
        {
            Number number => NumberText(number.Value),
            Size size => LengthText(size.Length),
            Reference reference => NameAt(reference),
            Sum sum => string.Concat(sum.Terms.Select((term, i) => (i, term.IsNegative) switch { (0, false) => "", (_, true) => i == 0 ? "-" : " - ", _ => " + " } + Inside(term.Value, sumsToo: true))),
            Times times => string.Join(" * ", times.Factors.Select(factor => Inside(factor, sumsToo: true))),
            Quotient quotient => $"{Inside(quotient.Numerator, sumsToo: true)} / {(quotient.Denominator is Times or Quotient ? $"({Print(quotient.Denominator)})" : Inside(quotient.Denominator, sumsToo: true))}",
            Power power => PowerText(Inside(power.Base, sumsToo: true, timesToo: true), power.Exponent),
            Apply apply => ApplyText(apply.Function, Print(apply.Argument), apply.Argument is Reference),
            MatrixProduct product => OfEachSequence(() => ProductText(product)),
            Transpose transpose => TransposeText(Inside(transpose.Operand, sumsToo: true, timesToo: true)),
            Join join => JoinText([.. join.Blocks.Select(BlockText)]),
            Slice slice => SliceText(Inside(slice.Operand, sumsToo: true, timesToo: true), LengthText(slice.Start), LengthText(slice.Start + slice.Length)),
            FeatureSum sum => FeatureSumText(Print(sum.Operand), sum.IsMean),
            BatchSum sum => OfEachSequence(() => BatchSumText(Inside(sum.Operand, sumsToo: true, timesToo: true))),
            Spread spread => SpreadText(Inside(spread.Operand, sumsToo: true), LengthText(spread.Length), _isShared),
            _ => throw new NotSupportedException(expression?.GetType().Name),
        };
    }

    protected string Inside(Expression expression, bool sumsToo, bool timesToo = false)
    {
        var needsParentheses = (sumsToo && expression is Sum) || (timesToo && expression is Times or Quotient or MatrixProduct or Power or Number { Value: < 0 });
        return needsParentheses ? $"({Print(expression)})" : Print(expression);
    }

    private string OfEachSequence(Func<string> print)
    {
        (_isShared, var isShared) = (false, _isShared);
        var text = print();
        _isShared = isShared;
        return text;
    }

    // What all sequences share is repeated for each, where what stands beside it is of each.
    private string BlockText(Expression block) => !_isShared && block is not Spread && _current.Scope.ShapeOf(block).IsShared ? RepeatText(Inside(block, sumsToo: true, timesToo: true)) : Print(block);

    // What stands as a column in the equation is a row where sequences are rows: W·x becomes x·Wᵀ.
    private string ProductText(MatrixProduct product)
    {
        var (left, right) = (product.Left, product.Right);
        var isColumnForm = IsMatrix(left) || right is Transpose { Operand: var vector } && !IsMatrix(vector);
        if (isColumnForm && !IsColumns)
        {
            (left, right) = (Flipped(right), Flipped(left));
            if (!IsMatrix(left) && !IsMatrix(right))
            {
                (left, right) = (new Transpose(product.Left), Flipped(product.Right));
            }
            else if (left is Transpose { Operand: var row } && !IsMatrix(row))
            {
                left = row;
            }
        }

        return DotText(Inside(left, sumsToo: true, timesToo: true), Inside(right, sumsToo: true, timesToo: true));
    }

    private static Expression Flipped(Expression expression) => expression is Transpose transpose ? transpose.Operand : new Transpose(expression);

    protected static string LengthText(Dimension length) => string.Join(" + ", length.Letters.Select(letter => length.FactorOf(letter) == 1 ? letter : $"{length.FactorOf(letter)} * {letter}").Concat(length.Constant == 0 && length.Letters.Any() ? [] : [length.Constant.ToString(CultureInfo.InvariantCulture)])).Replace("+ -1 * ", "- ", StringComparison.Ordinal).Replace("+ -", "- ", StringComparison.Ordinal);

    protected static string NumberText(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    protected abstract string NameAt(Reference reference);

    protected abstract string PowerText(string operand, double exponent);

    protected abstract string ApplyText(Function function, string argument, bool isName);

    protected abstract string DotText(string left, string right);

    protected abstract string TransposeText(string operand);

    /// <summary>A vector of all sequences, once for each.</summary>
    protected abstract string RepeatText(string operand);

    protected abstract string JoinText(IReadOnlyList<string> blocks);

    protected abstract string SliceText(string operand, string start, string end);

    protected abstract string FeatureSumText(string operand, bool isMean);

    protected abstract string BatchSumText(string operand);

    /// <summary>A number as a vector.</summary>
    /// <param name="operand">The number.</param>
    /// <param name="length">The elements of the vector.</param>
    /// <param name="isShared">Whether it is one vector for all sequences.</param>
    protected abstract string SpreadText(string operand, string length, bool isShared);

    protected static void AppendLines(StringBuilder text, string indent, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            text.AppendLine(line.Length == 0 ? "" : indent + line);
        }
    }
}
