using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Batches of sequences of different lengths.</summary>
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

                    /// <summary>Takes the sequences out of their scope, so that the caller disposes of them.</summary>
                    /// <returns>This object itself.</returns>
                    public PackedSequence DetachFromDisposeScope()
                    {
                        OwningDisposeScope?.Detach(this);
                        return this;
                    }

                    /// <summary>Leaves the sequences to the scope around their own; where there is none, they are detached.</summary>
                    /// <returns>This object itself.</returns>
                    public PackedSequence MoveToOuterDisposeScope()
                    {
                        OwningDisposeScope?.MoveToOuter(this);
                        return this;
                    }

                    /// <summary>Disposes of all four tensors, which no scope owns.</summary>
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

                /// <summary>Packs a padded batch, recorded by autograd.</summary>
                /// <param name="input">(T, B, features), or (B, T, features) batch first; what lies beyond a length is left out.</param>
                /// <param name="lengths">(B), Int64, each at least 1 and at most T; the latter is not checked.</param>
                /// <param name="batch_first">Which of the two the input is.</param>
                /// <param name="enforce_sorted">Whether the lengths must fall; otherwise they are sorted here, and the order is kept.</param>
                /// <exception cref="System.Runtime.InteropServices.ExternalException">A length is below 1, or they do not fall.</exception>
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

                /// <summary>The padded batch, in the order before packing, recorded by autograd, and its lengths, (B), Int64.</summary>
                /// <param name="sequence">The packed batch, left as it is.</param>
                /// <param name="batch_first">Whether to give (B, T, features) instead of (T, B, features).</param>
                /// <param name="padding_value">What stands beyond each length.</param>
                /// <param name="total_length">T; null means the longest length, below which it must not be.</param>
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
