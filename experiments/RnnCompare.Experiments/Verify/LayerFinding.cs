using RnnCompare.Checking.Comparison;

namespace RnnCompare.Experiments.Verify;

/// <summary>What of a layer is verified; the columns of the table.</summary>
public enum LayerPath
{
    /// <summary>The forward pass with gradients kept.</summary>
    WithGradients,

    /// <summary>The forward pass under <c>torch.no_grad()</c>.</summary>
    NoGrad,

    /// <summary>The forward pass under <c>torch.inference_mode()</c>.</summary>
    Inference,

    /// <summary>Loss and every gradient.</summary>
    Backward,
}

/// <summary>One path of one case beside the manual engine in float64.</summary>
/// <param name="Layer">What was verified: <c>nn.LSTM</c>, or <c>loop of lstm</c>.</param>
/// <param name="Case">The case.</param>
/// <param name="Path">The path.</param>
/// <param name="Worst">The array that lies farthest off.</param>
public sealed record LayerFinding(string Layer, LayerCase Case, LayerPath Path, TensorComparison Worst)
{
    /// <summary>Whether everything agrees within the noise floor.</summary>
    public bool Agrees => Worst.Agrees;
}
