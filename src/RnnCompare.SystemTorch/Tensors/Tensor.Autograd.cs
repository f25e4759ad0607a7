using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether autograd records what is computed from this tensor; setting it changes this tensor.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">Set to true on integers, or to false on a tensor that is no leaf.</exception>
        public bool requires_grad
        {
            get => Describe().RequiresGrad != 0;
            set => Aten.requires_grad_.CallInPlace(this, value);
        }

        /// <summary>True of a tensor that no recorded operator made: only such a one accumulates <see cref="grad"/> by itself.</summary>
        public bool is_leaf => Aten.is_leaf.CallForBoolean(this);

        /// <summary>The accumulated gradient, of this tensor's shape, or null where there is none. Every read returns a new reference to it.</summary>
        /// <remarks>A set value is shared, not copied; null takes the gradient away. Accumulation goes on in it.</remarks>
        public Tensor? grad
        {
            get
            {
                var gradient = new TensorHandle(NativeMethods.tensor_grad(Native));
                return gradient.IsInvalid ? null : new Tensor(gradient);
            }
            set => NativeError.ThrowIfNegative(NativeMethods.tensor_set_grad(Native, value?.Native ?? TensorHandle.Undefined));
        }

        /// <summary>Sets <see cref="requires_grad"/> of this tensor.</summary>
        /// <returns>This tensor itself, not a new reference.</returns>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <inheritdoc cref="requires_grad_(bool)"/>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Makes <see cref="backward()"/> keep the gradient of this tensor although it is no leaf; of a leaf it changes nothing.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">The tensor does not require a gradient.</exception>
        public void retain_grad() => Aten.retain_grad.CallInPlace(this);

        /// <summary>The same memory outside of the record: it requires no gradient, and a change in place changes this tensor too.</summary>
        public Tensor detach() => Aten.detach.Call(this);

        /// <summary>Adds the gradients of this tensor's one element to <see cref="grad"/> of its leaves, and frees the record.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">More than one element, or nothing was recorded.</exception>
        public void backward() => backward(null);

        /// <summary>Adds the gradients of this tensor to <see cref="grad"/> of the leaves it was computed from.</summary>
        /// <param name="grad_tensors">One tensor of this shape, the upstream gradient; null stands for 1 and needs a tensor of one element.</param>
        /// <param name="retain_graph">Whether the record stays for another pass.</param>
        /// <param name="create_graph">Whether the pass is itself recorded, for derivatives of the gradients.</param>
        /// <param name="inputs">The leaves that get gradients; null means all.</param>
        /// <exception cref="ArgumentException"><paramref name="grad_tensors"/> does not hold exactly one tensor.</exception>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">Shapes differ, or there is no record, for example because a pass freed it.</exception>
        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            Differentiation.Backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
