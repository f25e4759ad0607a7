using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>Weights and batch as the program that is replayed reads them.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class ProgramInputs<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private ProgramInputs(RnnWeights<T> weights, SequenceBatch<T> batch) => (Weights, Batch) = (weights, batch);

    public RnnWeights<T> Weights { get; }

    public SequenceBatch<T> Batch { get; }

    public static ProgramInputs<T> Read(RnnWeights<T> weights, SequenceBatch<T> batch, ForwardVariant variant)
    {
        return new(Read(weights, variant), Read(weights.Spec, batch, variant));
    }

    private static RnnWeights<T> Read(RnnWeights<T> weights, ForwardVariant variant)
    {
        if (variant is { GateOrder: null, TransposedWhh: false, HiddenBiasMissing: false, OutputBiasMissing: false })
        {
            return weights;
        }

        var read = weights.Clone();
        foreach (var (name, values) in read.Tensors)
        {
            var kind = TensorKind.Of(name);
            if (variant.GateOrder is { } order && TensorKind.IsGated(kind))
            {
                GateBlocks.FromOrder(values, order.Sources(weights.Spec.Cell.Gates));
            }

            if (variant.TransposedWhh && kind == TensorNames.Whh)
            {
                GateBlocks.Transpose(values);
            }

            if ((variant.HiddenBiasMissing && kind is TensorNames.Bh or TensorNames.Bhn) || (variant.OutputBiasMissing && kind == TensorNames.By))
            {
                values.Span.Clear();
            }
        }

        return read;
    }

    private static SequenceBatch<T> Read(RnnSpec spec, SequenceBatch<T> batch, ForwardVariant variant)
    {
        var read = batch with
        {
            InitialState = variant.InitialStateDiscarded ? null : batch.InitialState,
            Lengths = variant.LengthsIgnored ? null : batch.Lengths,
        };

        // Whatever stands past the ends is read as it is, but an index that is none must not be looked up.
        return variant.LengthsIgnored
            ? read with { Inputs = WithValidTokens(spec, read.Inputs), Targets = WithValidClasses(spec, read.Targets) }
            : read.Prepare(spec, needsTargets: batch.Targets is not null);
    }

    private static SequenceInputs<T> WithValidTokens(RnnSpec spec, SequenceInputs<T> inputs)
    {
        return inputs.Tokens is { } tokens ? new(Valid(tokens, spec.InputSize)) : inputs;
    }

    private static SequenceTargets<T>? WithValidClasses(RnnSpec spec, SequenceTargets<T>? targets)
    {
        return targets?.Classes is { } classes ? new(Valid(classes, spec.OutputSize)) : targets;
    }

    private static NdArray<long> Valid(NdArray<long> indices, int size)
    {
        var valid = indices.Clone();
        foreach (ref var index in valid.Span)
        {
            index = (ulong)index < (ulong)size ? index : 0;
        }

        return valid;
    }
}
