using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Data;

/// <summary>What enters the network at every step: real vectors, or tokens that stand for one-hot vectors.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class SequenceInputs<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Real vectors.</summary>
    /// <param name="values">Time-major inputs (T, B, I).</param>
    /// <exception cref="ArgumentException">The rank is not 3, or an axis is empty.</exception>
    public SequenceInputs(NdArray<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Rank != 3 || values.Length == 0)
        {
            throw new ArgumentException($"x is {values.ShapeText}, but must be (T, B, I) with no empty axis.", nameof(values));
        }

        Values = values;
        (Steps, BatchSize) = (values.Shape[0], values.Shape[1]);
    }

    /// <summary>Tokens: each stands for the one-hot vector of its index.</summary>
    /// <param name="tokens">Time-major indices (T, B), each in [0, I).</param>
    /// <exception cref="ArgumentException">The rank is not 2, or an axis is empty.</exception>
    public SequenceInputs(NdArray<long> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.Rank != 2 || tokens.Length == 0)
        {
            throw new ArgumentException($"x is {tokens.ShapeText}, but tokens must be (T, B) with no empty axis.", nameof(tokens));
        }

        Tokens = tokens;
        (Steps, BatchSize) = (tokens.Shape[0], tokens.Shape[1]);
    }

    /// <summary>Real inputs (T, B, I); null for tokens.</summary>
    public NdArray<T>? Values { get; }

    /// <summary>Tokens (T, B); null for real inputs.</summary>
    public NdArray<long>? Tokens { get; }

    /// <summary>T, the steps.</summary>
    public int Steps { get; }

    /// <summary>B, the sequences.</summary>
    public int BatchSize { get; }

    /// <summary>The inputs as vectors (T, B, I): tokens become one-hot rows, real inputs are returned as they are.</summary>
    /// <param name="inputSize">I.</param>
    public NdArray<T> ToDense(int inputSize)
    {
        if (Values is not null)
        {
            return Values;
        }

        var dense = new NdArray<T>(Steps, BatchSize, inputSize);
        for (var row = 0; row < dense.Rows; row++)
        {
            dense[row, (int)Tokens!.Data[row]] = T.One;
        }

        return dense;
    }

    /// <summary>The inputs of the steps from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    internal SequenceInputs<T> Cut(int start, int end) => Values is not null ? new(Values.Cut(start, end)) : new(Tokens!.Cut(start, end));

    /// <summary>The inputs of some successive sequences.</summary>
    internal SequenceInputs<T> Part(int first, int count) => Values is not null ? new(Values.Part(1, first, count)) : new(Tokens!.Part(1, first, count));

    /// <summary>The same inputs with zeros (token 0) at and past each sequence's length.</summary>
    internal SequenceInputs<T> WithoutPadding(IReadOnlyList<int> lengths)
    {
        return Values is not null ? new(Padding.Cleared(Values, lengths)) : new(Padding.Cleared(Tokens!, lengths));
    }

    internal void Require(int inputSize)
    {
        if (Values is not null)
        {
            if (Values.Columns != inputSize)
            {
                throw new ArgumentException($"x has {Values.Columns} columns, but the model's input size is {inputSize}.");
            }

            return;
        }

        ClassIndices.Require("x", Tokens!, inputSize, "the model's input size");
    }
}
