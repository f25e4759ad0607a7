using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Numerics;

/// <summary>Products with one-hot rows, as what they are: look-ups of rows, and additions into rows.</summary>
public static class TokenRows
{
    /// <summary><c>destination[i] = table[tokens[i]] + bias</c>: the product of one-hot rows with a table.</summary>
    /// <param name="table">(I, n), one row for each token; fastest where the columns lie side by side.</param>
    /// <param name="tokens">(m), each from 0 to I − 1.</param>
    /// <param name="bias">(n).</param>
    /// <param name="destination">(m, n), columns side by side.</param>
    /// <exception cref="ArgumentOutOfRangeException">A token is not a row of the table.</exception>
    public static void Gather<T>(MatrixView<T> table, ReadOnlySpan<long> tokens, ReadOnlySpan<T> bias, MatrixView<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckShapes(table, tokens, destination);
        if (bias.Length != table.Columns)
        {
            throw new ArgumentException($"bias has {bias.Length} elements, but the table has {table.Columns} columns.", nameof(bias));
        }

        if (IsWorthCopying(table, tokens.Length))
        {
            var memory = ArrayPool<T>.Shared.Rent(table.Rows * table.Columns);
            var copy = new MatrixView<T>(memory, table.Rows, table.Columns);
            table.CopyTo(copy);
            Gather(copy, tokens, bias, destination);
            ArrayPool<T>.Shared.Return(memory);
            return;
        }

        for (var i = 0; i < tokens.Length; i++)
        {
            var token = CheckToken(tokens, i, table.Rows);
            if (table.ColumnStride == 1)
            {
                AddKernel<T>.Run(table.Row(token), bias, destination.Row(i));
                continue;
            }

            ref var from = ref table[token, 0];
            var to = destination.Row(i);
            for (var j = 0; j < to.Length; j++)
            {
                to[j] = Unsafe.Add(ref from, (nint)j * table.ColumnStride) + bias[j];
            }
        }
    }

    /// <summary>The rows of a table for tokens.</summary>
    /// <param name="table">(V, n).</param>
    /// <param name="tokens">(T, B), each from 0 to V − 1.</param>
    /// <returns>(T, B, n).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A token is not a row of the table.</exception>
    public static NdArray<T> LookUp<T>(NdArray<T> table, NdArray<long> tokens)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(tokens);
        var rows = new NdArray<T>(tokens.Shape[0], tokens.Shape[1], table.Columns);
        for (var i = 0; i < tokens.Length; i++)
        {
            table.Row(CheckToken(tokens.Span, i, table.Rows)).CopyTo(rows.Row(i));
        }

        return rows;
    }

    /// <summary><c>table[tokens[i]] += rows[i]</c>, in the order of i: the gradient of <see cref="Gather"/>.</summary>
    /// <param name="rows">(m, n), columns side by side.</param>
    /// <param name="tokens">(m), each from 0 to I − 1.</param>
    /// <param name="table">(I, n); fastest where the columns lie side by side.</param>
    /// <exception cref="ArgumentOutOfRangeException">A token is not a row of the table.</exception>
    public static void ScatterAdd<T>(MatrixView<T> rows, ReadOnlySpan<long> tokens, MatrixView<T> table)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckShapes(table, tokens, rows);
        if (IsWorthCopying(table, tokens.Length))
        {
            var memory = ArrayPool<T>.Shared.Rent(table.Rows * table.Columns);
            var copy = new MatrixView<T>(memory, table.Rows, table.Columns);
            table.CopyTo(copy);
            ScatterAdd(rows, tokens, copy);
            copy.CopyTo(table);
            ArrayPool<T>.Shared.Return(memory);
            return;
        }

        for (var i = 0; i < tokens.Length; i++)
        {
            var token = CheckToken(tokens, i, table.Rows);
            if (table.ColumnStride == 1)
            {
                AddKernel<T>.Run(table.Row(token), rows.Row(i), table.Row(token));
                continue;
            }

            ref var to = ref table[token, 0];
            var from = rows.Row(i);
            for (var j = 0; j < from.Length; j++)
            {
                Unsafe.Add(ref to, (nint)j * table.ColumnStride) += from[j];
            }
        }
    }

    // Rows of a transposed table lie far apart: where each is used about once or more, they are better brought together before.
    private static bool IsWorthCopying<T>(MatrixView<T> table, int tokens)
        where T : unmanaged => table.ColumnStride != 1 && tokens > table.Rows;

    private static int CheckToken(ReadOnlySpan<long> tokens, int i, int count)
    {
        var token = tokens[i];
        if ((ulong)token >= (ulong)count)
        {
            throw new ArgumentOutOfRangeException(nameof(tokens), token, $"tokens[{i}] is {token}, but the table has {count} rows.");
        }

        return (int)token;
    }

    private static void CheckShapes<T>(MatrixView<T> table, ReadOnlySpan<long> tokens, MatrixView<T> rows)
        where T : unmanaged
    {
        if (tokens.Length != rows.Rows)
        {
            throw new ArgumentException($"tokens has {tokens.Length} elements, but there are {rows.Rows} rows.", nameof(tokens));
        }

        if (table.Columns != rows.Columns)
        {
            throw new ArgumentException($"The table has {table.Columns} columns, but the rows have {rows.Columns}.", nameof(table));
        }
    }
}
