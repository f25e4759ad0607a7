using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Data;

/// <summary>What the outputs are compared with: class indices for cross-entropy, real values for squared error.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class SequenceTargets<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Class indices.</summary>
    /// <param name="classes">(T, B) where every step has an output, (B) where only the last has; each in [0, O).</param>
    public SequenceTargets(NdArray<long> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        Classes = classes;
    }

    /// <summary>Real values.</summary>
    /// <param name="values">(T, B, O) where every step has an output, (B, O) where only the last has.</param>
    public SequenceTargets(NdArray<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Values = values;
    }

    /// <summary>Class indices; null for real values.</summary>
    public NdArray<long>? Classes { get; }

    /// <summary>Real values; null for class indices.</summary>
    public NdArray<T>? Values { get; }

    /// <summary>The targets of the steps from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    internal SequenceTargets<T> Cut(int start, int end) => Values is not null ? new(Values.Cut(start, end)) : new(Classes!.Cut(start, end));

    /// <summary>The targets of some successive sequences.</summary>
    internal SequenceTargets<T> Part(int first, int count) => Values is not null ? new(Values.Part(Values.Rank - 2, first, count)) : new(Classes!.Part(Classes.Rank - 1, first, count));

    /// <summary>The same targets with zeros at and past each sequence's length.</summary>
    internal SequenceTargets<T> WithoutPadding(int steps, IReadOnlyList<int> lengths)
    {
        // Targets of another shape are refused by the check that follows.
        if ((Values?.Rows ?? Classes!.Length) != steps * lengths.Count)
        {
            return this;
        }

        return Values is not null ? new(Padding.Cleared(Values, lengths)) : new(Padding.Cleared(Classes!, lengths));
    }

    internal void Require(RnnSpec spec, int steps, int batchSize)
    {
        var everyStep = spec.Outputs == OutputMode.EveryStep;
        if (spec.Loss == LossKind.CrossEntropy)
        {
            var classes = Classes ?? throw new ArgumentException("targets are real values, but cross-entropy needs class indices.");
            RequireShape(classes, everyStep ? [steps, batchSize] : [batchSize]);
            ClassIndices.Require("targets", classes, spec.OutputSize, "the model's output size");
        }
        else
        {
            var values = Values ?? throw new ArgumentException("targets are class indices, but squared error needs real values.");
            RequireShape(values, everyStep ? [steps, batchSize, spec.OutputSize] : [batchSize, spec.OutputSize]);
        }
    }

    private static void RequireShape<TElement>(NdArray<TElement> targets, ReadOnlySpan<int> expected)
        where TElement : unmanaged
    {
        if (!targets.HasShape(expected))
        {
            throw new ArgumentException($"targets are {targets.ShapeText}, but this network and batch need ({string.Join(", ", expected.ToArray())}).");
        }
    }
}
