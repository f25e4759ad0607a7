using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Data;

/// <summary>One batch of sequences, time-major, with what a training step needs beside the weights.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// Sequences may differ in length: steps at and past a sequence's length count nowhere. Their outputs and hidden states
/// are reported as zeros, whatever stands in the inputs and targets there, and the final state is that of the sequence's own last step.
/// </remarks>
public sealed record SequenceBatch<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>What enters, T steps of B sequences.</summary>
    public required SequenceInputs<T> Inputs { get; init; }

    /// <summary>What the outputs are compared with; needed wherever a loss is.</summary>
    public SequenceTargets<T>? Targets { get; init; }

    /// <summary>
    /// What the loss of each output is multiplied by, (T, B) or, with outputs at the last step, (B). Given weights take the
    /// place of the network's reduction; null leaves it to that: 1 for a sum, 1 / N for a mean over the N outputs that count.
    /// </summary>
    public NdArray<T>? LossWeights { get; init; }

    /// <summary>The steps of each sequence (B), each in [1, T]; null where all have T.</summary>
    public IReadOnlyList<int>? Lengths { get; init; }

    /// <summary>The state before the first step; null for zeros.</summary>
    public RnnState<T>? InitialState { get; init; }

    /// <summary>T, the steps of the longest sequence.</summary>
    public int Steps => Inputs.Steps;

    /// <summary>B, the sequences.</summary>
    public int BatchSize => Inputs.BatchSize;

    /// <summary>The steps of one sequence.</summary>
    public int LengthOf(int sequence) => Lengths is null ? Steps : Lengths[sequence];

    /// <summary>The number of (step, sequence) pairs that have an output and count in the loss.</summary>
    public int CountedOutputs(OutputMode outputs)
    {
        if (outputs == OutputMode.LastStep)
        {
            return BatchSize;
        }

        return Lengths is null ? Steps * BatchSize : Lengths.Sum();
    }

    /// <summary>What the sum of the single losses is divided by where no weights are given: 1 for a sum, the number of outputs that count for a mean.</summary>
    /// <param name="spec">The network.</param>
    public int LossDivisor(RnnSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Reduction == Reduction.Mean ? CountedOutputs(spec.Outputs) : 1;
    }

    /// <summary>The weight of each output in the loss, (T, B) or (B): <see cref="LossWeights"/>, or what the network's reduction says; zero past a sequence's end.</summary>
    public NdArray<T> LossWeightsFor(RnnSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var weights = LossWeights;
        if (weights is null)
        {
            weights = new(OutputShape(spec, Steps, BatchSize));
            weights.Span.Fill(T.One / T.CreateChecked(LossDivisor(spec)));
        }

        return Lengths is null || spec.Outputs == OutputMode.LastStep ? weights : Padding.Cleared(weights, Lengths);
    }

    /// <summary>Makes sure that the batch fits a network, and clears what lies past the ends of its sequences.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="needsTargets">Whether targets must be there.</param>
    /// <returns>This batch where nothing had to be cleared, otherwise a copy.</returns>
    /// <exception cref="ArgumentException">It does not fit; the message names the array, its shape and the shape expected.</exception>
    public SequenceBatch<T> Prepare(RnnSpec spec, bool needsTargets)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (needsTargets && Targets is null)
        {
            throw new ArgumentException("The batch has no targets, but a loss needs them.");
        }

        var batch = WithoutPadding(needsTargets && spec.Outputs == OutputMode.EveryStep);
        batch.Inputs.Require(spec.InputSize);
        batch.InitialState?.Require(spec, BatchSize);
        if (needsTargets)
        {
            batch.Targets!.Require(spec, Steps, BatchSize);
            batch.RequireLossWeights(spec);
        }

        return batch;
    }

    /// <summary>Makes sure that an adjoint of the top layer's states fits, and clears what lies past the ends of the sequences.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="dHidden">(T, B, D·H).</param>
    /// <exception cref="ArgumentException">It does not fit.</exception>
    public NdArray<T> PrepareUpstream(RnnSpec spec, NdArray<T> dHidden)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(dHidden);
        if (!dHidden.HasShape(Steps, BatchSize, spec.FeatureSize))
        {
            throw new ArgumentException($"dHidden is {dHidden.ShapeText}, but this network and batch need ({Steps}, {BatchSize}, {spec.FeatureSize}).", nameof(dHidden));
        }

        return Lengths is null ? dHidden : Padding.Cleared(dHidden, Lengths);
    }

    /// <summary>Some successive sequences of the batch by themselves. Without loss weights of its own, the loss is reduced over what is left.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    public SequenceBatch<T> Part(int first, int count)
    {
        return count == BatchSize ? this : this with
        {
            Inputs = Inputs.Part(first, count),
            Targets = Targets?.Part(first, count),
            LossWeights = LossWeights is { } weights ? weights.Part(weights.Rank - 1, first, count) : null,
            Lengths = Lengths is null ? null : [.. Lengths.Skip(first).Take(count)],
            InitialState = InitialState is { } state ? new() { Hidden = state.Hidden.Part(1, first, count), Cell = state.Cell?.Part(1, first, count) } : null,
        };
    }

    /// <summary>The axes of the outputs but O.</summary>
    internal static int[] OutputShape(RnnSpec spec, int steps, int batchSize)
    {
        return spec.Outputs == OutputMode.EveryStep ? [steps, batchSize] : [batchSize];
    }

    private void RequireLossWeights(RnnSpec spec)
    {
        if (LossWeights is not null && OutputShape(spec, Steps, BatchSize) is var expected && !LossWeights.HasShape(expected))
        {
            throw new ArgumentException($"The loss weights are {LossWeights.ShapeText}, but this network and batch need ({string.Join(", ", expected)}).");
        }
    }

    private SequenceBatch<T> WithoutPadding(bool targetsToo)
    {
        if (Lengths is null)
        {
            return this;
        }

        if (Lengths.Count != BatchSize)
        {
            throw new ArgumentException($"lengths has {Lengths.Count} entries, but the batch has {BatchSize} sequences.");
        }

        for (var b = 0; b < BatchSize; b++)
        {
            if (Lengths[b] < 1 || Lengths[b] > Steps)
            {
                throw new ArgumentException($"lengths[{b}] is {Lengths[b]}, but must be in 1..{Steps} (the steps of the batch).");
            }
        }

        return this with
        {
            Inputs = Inputs.WithoutPadding(Lengths),
            Targets = targetsToo ? Targets?.WithoutPadding(Steps, Lengths) : Targets,
        };
    }
}
