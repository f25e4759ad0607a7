using System.Numerics;
using System.Runtime.InteropServices;
using RnnCompare.Equations.Expressions;
using RnnCompare.Numerics;

namespace RnnCompare.Equations.Running;

/// <summary>A number.</summary>
internal sealed class ConstantNode<T>(T value) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _value = value;

    public override void Write(Block block, Span<T> result) => result.Fill(_value);

    public override ReadOnlySpan<T> Read(Block block) => MemoryMarshal.CreateReadOnlySpan(in _value, 1);
}

/// <summary>The value of a name at a step.</summary>
/// <param name="operand">Its memory.</param>
/// <param name="shift">How many rows away the step is.</param>
internal sealed class ReferenceNode<T>(Operand<T> operand, int shift) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public Operand<T> Operand => operand;

    public override void Write(Block block, Span<T> result) => Read(block).CopyTo(result);

    public override ReadOnlySpan<T> Read(Block block) => operand.IsShared ? operand.Shared : operand.At(block, shift);

    /// <summary>The tokens of the rows of a block; empty where the operand has none.</summary>
    public ReadOnlySpan<long> Tokens(Block block, int rowsBefore) => operand.Tokens.AsSpan(block.First + shift - rowsBefore, block.Count);
}

/// <summary>A sum.</summary>
internal sealed class SumNode<T>(Node<T>[] terms, bool[] isNegative) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Write(Block block, Span<T> result)
    {
        for (var i = 0; i < terms.Length; i++)
        {
            var spreading = terms[i].SpreadingIn(this);
            if (i > 0)
            {
                terms[i].Accumulate(block, result, spreading, Columns, isNegative[i]);
            }
            else if (isNegative[0])
            {
                result.Clear();
                terms[0].Accumulate(block, result, spreading, Columns, isNegative: true);
            }
            else if (spreading == Spreading.Full)
            {
                terms[0].Write(block, result);
            }
            else
            {
                Expand(terms[0].Read(block), result, spreading, Columns);
            }
        }
    }

    public override void Prepare() => Array.ForEach(terms, term => term.Prepare());
}

/// <summary>A product of elements; the factors 1 − a and 1 − a² of the usual derivatives are taken in one step.</summary>
internal sealed class TimesNode<T>(Node<T>[] factors, TimesNode<T>.Form[] forms) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What is multiplied: the operand itself, or 1 − a, or 1 − a² of it.</summary>
    internal enum Form
    {
        Plain,
        OneMinus,
        OneMinusSquare,
    }

    public override void Write(Block block, Span<T> result)
    {
        var first = factors[0].SpreadingIn(this);
        if (first == Spreading.Full && forms[0] == Form.Plain)
        {
            Multiply(block, result, factors[0].Read(block), 1);
        }
        else
        {
            result.Fill(T.One);
            Multiply(block, result, result, 0);
        }

        for (var i = first == Spreading.Full && forms[0] == Form.Plain ? 2 : 1; i < factors.Length; i++)
        {
            Multiply(block, result, result, i);
        }
    }

    // Two factors are added as they are multiplied.
    public override void Accumulate(Block block, Span<T> result, Spreading spreading, int columns, bool isNegative)
    {
        if (spreading == Spreading.Full && !isNegative && factors.Length == 2 && forms[0] == Form.Plain && forms[1] == Form.Plain
            && factors[0].SpreadingIn(this) == Spreading.Full && factors[1].SpreadingIn(this) == Spreading.Full)
        {
            Elements.AddProduct(result, factors[0].Read(block), factors[1].Read(block));
            return;
        }

        base.Accumulate(block, result, spreading, columns, isNegative);
    }

    public override void Prepare() => Array.ForEach(factors, factor => factor.Prepare());

    private void Multiply(Block block, Span<T> result, ReadOnlySpan<T> soFar, int i)
    {
        var value = factors[i].Read(block);
        var spreading = factors[i].SpreadingIn(this);
        switch (forms[i])
        {
            case Form.OneMinus:
                Elements.Run<T, OneMinusStep>(result, soFar, value, spreading, Columns);
                break;
            case Form.OneMinusSquare:
                Elements.Run<T, OneMinusSquareStep>(result, soFar, value, spreading, Columns);
                break;
            default:
                Elements.Run<T, MultiplyStep>(result, soFar, value, spreading, Columns);
                break;
        }
    }
}

/// <summary>A quotient.</summary>
internal sealed class QuotientNode<T>(Node<T> numerator, Node<T> denominator) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Write(Block block, Span<T> result)
    {
        Expand(numerator.Read(block), result, numerator.SpreadingIn(this), Columns);
        Elements.Run<T, DivideStep>(result, denominator.Read(block), denominator.SpreadingIn(this), Columns);
    }

    public override void Prepare()
    {
        numerator.Prepare();
        denominator.Prepare();
    }
}

/// <summary>A power with a constant exponent.</summary>
internal sealed class PowerNode<T>(Node<T> operand, double exponent) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Write(Block block, Span<T> result)
    {
        var value = operand.Read(block);
        if (exponent == 2)
        {
            Elements.Run<T, MultiplyStep>(result, value, value, Spreading.Full, Columns);
            return;
        }

        var power = T.CreateTruncating(exponent);
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = T.Pow(value[i], power);
        }
    }

    public override void Prepare() => operand.Prepare();
}

/// <summary>A function of an expression.</summary>
internal sealed class ApplyNode<T>(Function function, Node<T> argument, Disturbance<T>? disturbance) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Write(Block block, Span<T> result)
    {
        if (argument is ReferenceNode<T>)
        {
            function.Evaluate(argument.Read(block), result, Columns);
        }
        else
        {
            argument.Write(block, result);
            function.Evaluate(result, result, Columns);
        }

        disturbance?.Invoke(result);
    }

    public override void Prepare() => argument.Prepare();
}

/// <summary>A number in every element of a vector.</summary>
internal sealed class SpreadNode<T>(Node<T> operand) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Write(Block block, Span<T> result) => Expand(operand.Read(block), result, operand.SpreadingIn(this), Columns);

    public override void Prepare() => operand.Prepare();
}

/// <summary>Vectors behind each other.</summary>
internal sealed class JoinNode<T>(Node<T>[] blocks) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Write(Block block, Span<T> result)
    {
        var start = 0;
        var whole = AsMatrix(result);
        foreach (var part in blocks)
        {
            var value = part.Read(block);
            for (var row = 0; row < whole.Rows; row++)
            {
                value.Slice(part.IsShared ? 0 : row * part.Columns, part.Columns).CopyTo(whole.Row(row)[start..]);
            }

            start += part.Columns;
        }
    }

    public override void Prepare() => Array.ForEach(blocks, part => part.Prepare());
}

/// <summary>A part of a vector.</summary>
internal sealed class SliceNode<T>(Node<T> operand, int start) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Write(Block block, Span<T> result)
    {
        var value = operand.Read(block);
        var part = AsMatrix(result);
        for (var row = 0; row < part.Rows; row++)
        {
            value.Slice((row * operand.Columns) + start, Columns).CopyTo(part.Row(row));
        }
    }

    public override void Prepare() => operand.Prepare();
}

/// <summary>The sum or the mean over each row.</summary>
internal sealed class FeatureSumNode<T>(Node<T> operand, bool isMean) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Write(Block block, Span<T> result)
    {
        var value = operand.Read(block);
        for (var row = 0; row < result.Length; row++)
        {
            var sum = T.Zero;
            foreach (var element in value.Slice(row * operand.Columns, operand.Columns))
            {
                sum += element;
            }

            result[row] = isMean ? sum / T.CreateTruncating(operand.Columns) : sum;
        }
    }

    public override void Prepare() => operand.Prepare();
}

/// <summary>The sum over the rows.</summary>
internal sealed class BatchSumNode<T>(Node<T> operand) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Write(Block block, Span<T> result)
    {
        result.Clear();
        Accumulate(block, result, Spreading.Full, Columns, isNegative: false);
    }

    public override void Accumulate(Block block, Span<T> result, Spreading spreading, int columns, bool isNegative)
    {
        if (spreading != Spreading.Full || isNegative)
        {
            base.Accumulate(block, result, spreading, columns, isNegative);
            return;
        }

        RnnCompare.Numerics.MatrixRows.AddColumnSums(VectorMatrixNode<T>.Rows(operand, block), result);
    }

    public override void Prepare() => operand.Prepare();
}
