using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Torch;

namespace RnnCompare.Experiments.Verify;

/// <summary>A recurrent layer and a linear output, on whichever of its paths is asked for.</summary>
/// <typeparam name="T">The precision.</typeparam>
public interface IVerifiedLayer<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A forward pass: y, h and the final states.</summary>
    ForwardResult<T> Forward(SequenceBatch<T> batch, GradientMode mode);

    /// <summary>The loss and every gradient.</summary>
    GradientResult<T> Gradients(SequenceBatch<T> batch);
}

/// <summary>Where layers come from: TorchSharp, or a test that plants a wrong one.</summary>
public interface ILayerSource
{
    /// <summary>Creates a layer with the given weights.</summary>
    IVerifiedLayer<T> Create<T>(RnnWeights<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>The recurrent layers of the loaded libtorch, or the autograd loop of its elementary operators.</summary>
/// <param name="loop">Whether the layers are loops.</param>
public sealed class TorchLayers(bool loop) : ILayerSource
{
    /// <inheritdoc/>
    public IVerifiedLayer<T> Create<T>(RnnWeights<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return new Layer<T>(loop ? new AutogradEngine<T>(weights) : new FusedEngine<T>(weights));
    }

    private sealed class Layer<T>(TorchEngine<T> engine) : IVerifiedLayer<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public ForwardResult<T> Forward(SequenceBatch<T> batch, GradientMode mode) => engine.Forward(batch, mode);

        public GradientResult<T> Gradients(SequenceBatch<T> batch) => engine.Gradients(batch);

        public void Dispose() => engine.Dispose();
    }
}
