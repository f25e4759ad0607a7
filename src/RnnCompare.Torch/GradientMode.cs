namespace RnnCompare.Torch;

/// <summary>What libtorch keeps for autograd during a forward pass; it chooses its kernels by that, too.</summary>
public enum GradientMode
{
    /// <summary>Everything, as in training.</summary>
    Kept,

    /// <summary>Nothing, in the scope of <c>torch.no_grad()</c>.</summary>
    NoGrad,

    /// <summary>Nothing, in the scope of <c>torch.inference_mode()</c>.</summary>
    Inference,
}
