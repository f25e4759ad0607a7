using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            public static partial class rnn
            {
                /// <summary>Sequences of different lengths, step after step without their padding, the longest first.</summary>
                public sealed class PackedSequence : IDisposable
                {
                    /// <summary>All steps of all sequences, (Σ lengths, features).</summary>
                    public readonly Tensor data;

                    /// <summary>How many sequences each step has, (T).</summary>
                    public readonly Tensor batch_sizes;

                    /// <summary>Which sequence stands at each place, (B); invalid where they came sorted.</summary>
                    public readonly Tensor sorted_indices;

                    /// <summary>At which place each sequence stands, (B); invalid where they came sorted.</summary>
                    public readonly Tensor unsorted_indices;

                    internal PackedSequence(Tensor data, Tensor batch_sizes, Tensor sorted_indices, Tensor unsorted_indices)
                    {
                        this.data = data.DetachFromDisposeScope();
                        this.batch_sizes = batch_sizes.DetachFromDisposeScope();
                        this.sorted_indices = sorted_indices.DetachFromDisposeScope();
                        this.unsorted_indices = unsorted_indices.DetachFromDisposeScope();
                        OwningDisposeScope = DisposeScopeManager.Current.Register(this);
                    }

                    internal DisposeScope? OwningDisposeScope { get; set; }

                    public PackedSequence DetachFromDisposeScope()
                    {
                        OwningDisposeScope?.Detach(this);
                        return this;
                    }

                    public PackedSequence MoveToOuterDisposeScope()
                    {
                        OwningDisposeScope?.MoveToOuter(this);
                        return this;
                    }

                    public void Dispose()
                    {
                        if (data.IsInvalid) return;
                        DisposeScopeManager.Current.CountDisposal(this, OwningDisposeScope);
                        OwningDisposeScope?.Forget(this);
                        data.Dispose();
                        batch_sizes.Dispose();
                        sorted_indices.Dispose();
                        unsorted_indices.Dispose();
                    }

                    /// <summary>The same sequences with other features per step.</summary>
                    internal PackedSequence With(Tensor features) =>
                        new(features, batch_sizes.Alias(), sorted_indices.Alias(), unsorted_indices.Alias());
                }

                /// <summary>
                /// Packs a padded batch, (T, B, features) or batch first; <paramref name="lengths"/> is (B), Int64, each at least 1.
                /// </summary>
                public static PackedSequence pack_padded_sequence(
                    Tensor input, Tensor lengths, bool batch_first = false, bool enforce_sorted = true)
                {
                    if (enforce_sorted)
                    {
                        (Tensor packed, Tensor sizes) = Aten.pack_padded_sequence.CallForTwo(input, lengths, batch_first);
                        return new PackedSequence(packed, sizes, Undefined(), Undefined());
                    }

                    (Tensor sortedLengths, Tensor order) = Aten.sort.CallForTwo(lengths, -1L, true);
                    using (sortedLengths)
                    using (Tensor sorted = input.index_select(batch_first ? 0 : 1, order))
                    {
                        (Tensor packed, Tensor sizes) = Aten.pack_padded_sequence.CallForTwo(sorted, sortedLengths, batch_first);
                        return new PackedSequence(packed, sizes, order, Aten.argsort.Call(order, -1L, false));
                    }
                }

                /// <summary>The padded batch, in the order in which it was packed, and its lengths.</summary>
                public static (Tensor, Tensor) pad_packed_sequence(
                    PackedSequence sequence, bool batch_first = false, double padding_value = 0.0, long? total_length = null)
                {
                    (Tensor padded, Tensor lengths) = Aten.pad_packed_sequence.CallForTwo(
                        sequence.data, sequence.batch_sizes, batch_first, (Scalar)padding_value, total_length ?? sequence.batch_sizes.numel());
                    if (sequence.unsorted_indices.IsInvalid) return (padded, lengths);
                    using (padded)
                    using (lengths)
                    {
                        return (padded.index_select(batch_first ? 0 : 1, sequence.unsorted_indices),
                                lengths.index_select(0, sequence.unsorted_indices));
                    }
                }

                private static Tensor Undefined() => new(TensorHandle.Undefined);
            }
        }
    }
}
