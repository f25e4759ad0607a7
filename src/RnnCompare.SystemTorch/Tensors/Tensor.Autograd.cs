using RnnCompare.SystemTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Describe().RequiresGrad != 0;
            set => Aten.requires_grad_.CallInPlace(this, value);
        }

        public bool is_leaf => Aten.is_leaf.CallForBoolean(this);

        /// <summary>The accumulated gradient, or null where there is none. Every read returns a new reference to it.</summary>
        public Tensor? grad
        {
            get
            {
                var gradient = new TensorHandle(NativeMethods.tensor_grad(Native));
                return gradient.IsInvalid ? null : new Tensor(gradient);
            }
            set => NativeError.ThrowIfNegative(NativeMethods.tensor_set_grad(Native, value?.Native ?? TensorHandle.Undefined));
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad() => Aten.retain_grad.CallInPlace(this);

        public Tensor detach() => Aten.detach.Call(this);

        public void backward() => backward(null);

        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            Differentiation.Backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
