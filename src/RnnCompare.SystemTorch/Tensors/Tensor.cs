using System.Diagnostics;
using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A reference to a native tensor. Every tensor that a call returns is a new one: it belongs to the dispose scope that
    /// is current, and is freed when that ends, when it is disposed, or when it is collected.
    /// </summary>
    /// <remarks>
    /// Operators on two tensors broadcast: axes are matched from the last one, and an axis of length 1 is repeated. A name that
    /// ends in an underscore changes the tensor in place. Computing with a disposed tensor throws
    /// <see cref="InvalidOperationException"/>. What libtorch refuses, such as shapes that do not fit or a change in place of a leaf
    /// that is recorded, throws <see cref="System.Runtime.InteropServices.ExternalException"/> with libtorch's message.
    /// </remarks>
    [DebuggerDisplay("{dtype} [{string.Join(\", \", shape)}]")]
    public partial class Tensor : IDisposable
    {
        private TensorHandle native;

        internal Tensor(TensorHandle native)
        {
            this.native = native;
            if (!native.IsInvalid) OwningDisposeScope = DisposeScopeManager.Current.Register(this);
        }

        /// <summary>Takes over the native tensor of <paramref name="data"/>, its place in its scope and in the statistics.</summary>
        private protected Tensor(Tensor data)
        {
            native = data.Native;
            data.native = TensorHandle.Undefined;
            data.OwningDisposeScope?.Replace(data, this);
        }

        /// <summary>True of a disposed tensor and of libtorch's undefined one.</summary>
        public bool IsInvalid => native.IsInvalid;

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>The handle of a tensor that is defined and not disposed.</summary>
        internal TensorHandle Native =>
            native.IsInvalid ? throw new InvalidOperationException("The tensor is undefined or has been disposed.") : native;

        /// <summary>A second reference to the same native tensor; of the undefined tensor, another undefined one.</summary>
        internal Tensor Alias() => new(IsInvalid ? TensorHandle.Undefined : ShareHandle());

        internal TensorHandle ShareHandle() => new(NativeMethods.tensor_alias(Native));

        /// <summary>Gives up this reference, once; the memory goes with the last reference to it.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Gives up this reference and takes it out of its scope.</summary>
        /// <param name="disposing">False does nothing: the handle has a finalizer of its own.</param>
        protected virtual void Dispose(bool disposing)
        {
            if (!disposing || native.IsInvalid) return;
            DisposeScopeManager.Current.CountDisposal(this, OwningDisposeScope);
            OwningDisposeScope?.Forget(this);
            native.Dispose();
            native = TensorHandle.Undefined;
        }

        /// <summary>Takes the tensor out of its scope, so that the caller disposes of it.</summary>
        /// <returns>This tensor itself.</returns>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>Leaves the tensor to the scope around its own; where there is none, it is detached.</summary>
        /// <returns>This tensor itself.</returns>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Leaves the tensor to the scope of another one; where that has none, it is detached.</summary>
        /// <returns>This tensor itself.</returns>
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        /// <summary>Leaves the tensor to another scope; null detaches it.</summary>
        /// <returns>This tensor itself.</returns>
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is { } scope) scope.Move(other, [this]);
            else other?.Attach(this);
            return this;
        }
    }
}
