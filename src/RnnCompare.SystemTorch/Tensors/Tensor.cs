using System.Diagnostics;
using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A reference to a native tensor. Every tensor that a call returns is a new one: it belongs to the dispose scope that
    /// is current, and is freed when that ends, when it is disposed, or when it is collected.
    /// </summary>
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

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (!disposing || native.IsInvalid) return;
            DisposeScopeManager.Current.CountDisposal(this, OwningDisposeScope);
            OwningDisposeScope?.Forget(this);
            native.Dispose();
            native = TensorHandle.Undefined;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is { } scope) scope.Move(other, [this]);
            else other?.Attach(this);
            return this;
        }
    }
}
