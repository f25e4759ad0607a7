using System.Numerics;
using System.Runtime.InteropServices;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Products;

namespace RnnCompare.Equations.Running;

/// <summary>x·M for the vector of each row and a weight.</summary>
/// <param name="vector">The vector.</param>
/// <param name="weight">The weight.</param>
/// <param name="isTransposed">Whether M is its transpose.</param>
/// <param name="rowsBefore">The rows of the step before the first.</param>
/// <param name="workers">Who shares a large product.</param>
/// <param name="isFixed">Whether the weight is the same throughout a pass; a gradient is not while it is summed up.</param>
internal sealed class VectorMatrixNode<T>(Node<T> vector, Operand<T> weight, bool isTransposed, int rowsBefore, Workers workers, bool isFixed) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Products of fewer rows gain by a weight that is laid out once for all of them.
    private const int FewRows = 64;

    private readonly PackedMatrix<T> _packed = new();
    private bool _isPacked;
    private T[]? _zeros;

    public override void Write(Block block, Span<T> result)
    {
        if (TokensOf(block) is { IsEmpty: false } tokens)
        {
            TokenRows.Gather(Matrix, tokens, Zeros(), AsMatrix(result));
        }
        else if (block.Count < FewRows)
        {
            MatrixProduct.Product(Rows(vector, block), Packed(), AsMatrix(result));
        }
        else
        {
            MatrixProduct.Product(Rows(vector, block), Matrix, AsMatrix(result), workers);
        }
    }

    public override void Accumulate(Block block, Span<T> result, Spreading spreading, int columns, bool isNegative)
    {
        if (isNegative || spreading != Spreading.Full || !TokensOf(block).IsEmpty)
        {
            base.Accumulate(block, result, spreading, columns, isNegative);
        }
        else if (block.Count < FewRows)
        {
            MatrixProduct.AddProduct(Rows(vector, block), Packed(), AsMatrix(result));
        }
        else
        {
            MatrixProduct.AddProduct(Rows(vector, block), Matrix, AsMatrix(result), workers);
        }
    }

    public override void Prepare()
    {
        _isPacked = false;
        weight.Preparation?.Invoke();
        vector.Prepare();
    }

    internal static MatrixView<T> Rows(Node<T> node, Block block)
    {
        var values = node.Read(block);
        return new(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(values), values.Length), block.Count, node.Columns);
    }

    private MatrixView<T> Matrix => isTransposed ? weight.Matrix.Transposed : weight.Matrix;

    private PackedMatrix<T> Packed()
    {
        if (!_isPacked)
        {
            _packed.Pack(Matrix);
            _isPacked = isFixed;
        }

        return _packed;
    }

    private ReadOnlySpan<long> TokensOf(Block block) => vector is ReferenceNode<T> { Operand.Tokens: not null } reference ? reference.Tokens(block, rowsBefore) : default;

    private T[] Zeros() => _zeros ??= new T[Columns];
}

/// <summary>The outer product of two vectors, summed over the rows: aᵀ·b.</summary>
/// <param name="left">a.</param>
/// <param name="right">b.</param>
/// <param name="rowsBefore">The rows of the step before the first.</param>
/// <param name="workers">Who shares a large product.</param>
internal sealed class OuterNode<T>(Node<T> left, Node<T> right, int rowsBefore, Workers workers) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Write(Block block, Span<T> result)
    {
        if (HasTokens(left) || HasTokens(right))
        {
            result.Clear();
            AddTokens(block, result);
            return;
        }

        MatrixProduct.Product(VectorMatrixNode<T>.Rows(left, block).Transposed, VectorMatrixNode<T>.Rows(right, block), AsMatrix(result), workers);
    }

    public override void Accumulate(Block block, Span<T> result, Spreading spreading, int columns, bool isNegative)
    {
        if (isNegative || spreading != Spreading.Full)
        {
            base.Accumulate(block, result, spreading, columns, isNegative);
        }
        else if (HasTokens(left) || HasTokens(right))
        {
            AddTokens(block, result);
        }
        else
        {
            MatrixProduct.AddProduct(VectorMatrixNode<T>.Rows(left, block).Transposed, VectorMatrixNode<T>.Rows(right, block), AsMatrix(result), workers);
        }
    }

    public override void Prepare()
    {
        left.Prepare();
        right.Prepare();
    }

    private static bool HasTokens(Node<T> node) => node is ReferenceNode<T> { Operand.Tokens: not null };

    private void AddTokens(Block block, Span<T> result)
    {
        if (HasTokens(right))
        {
            TokenRows.ScatterAdd(VectorMatrixNode<T>.Rows(left, block), ((ReferenceNode<T>)right).Tokens(block, rowsBefore), AsMatrix(result).Transposed);
        }
        else
        {
            TokenRows.ScatterAdd(VectorMatrixNode<T>.Rows(right, block), ((ReferenceNode<T>)left).Tokens(block, rowsBefore), AsMatrix(result));
        }
    }
}

/// <summary>The transpose of a matrix that was computed.</summary>
internal sealed class TransposeNode<T>(Node<T> operand) : Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Write(Block block, Span<T> result)
    {
        var value = operand.Read(block);
        var matrix = new MatrixView<T>(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(value), value.Length), operand.MatrixRows, operand.Columns);
        matrix.Transposed.CopyTo(AsMatrix(result));
    }

    public override void Prepare() => operand.Prepare();
}
