using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Experiments.Verify;
using RnnCompare.Models;
using RnnCompare.Torch;

namespace RnnCompare.Experiments.Tests.Verify;

/// <summary>Right layers made of the manual engine, but wrong wherever a rule says so.</summary>
/// <param name="isWrong">Whether a network's forward pass is wrong on a batch of B sequences in a mode.</param>
/// <param name="isGradientWrong">Whether a network's gradients are.</param>
internal sealed class PlantedLayers(
    Func<RnnSpec, bool, GradientMode, bool> isWrong, Func<RnnSpec, int, bool>? isGradientWrong = null) : ILayerSource
{
    private const double Factor = 1.25;

    public IVerifiedLayer<T> Create<T>(RnnWeights<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return new Layer<T>(this, weights);
    }

    private bool IsWrong(RnnSpec spec, bool packed, GradientMode mode) => isWrong(spec, packed, mode);

    private bool IsGradientWrong(RnnSpec spec, int batchSize) => isGradientWrong?.Invoke(spec, batchSize) ?? false;

    private sealed class Layer<T>(PlantedLayers source, RnnWeights<T> weights) : IVerifiedLayer<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly ManualEngine<T> _engine = new(weights);

        public ForwardResult<T> Forward(SequenceBatch<T> batch, GradientMode mode)
        {
            var result = _engine.Forward(batch);
            if (source.IsWrong(weights.Spec, batch.Lengths is not null, mode))
            {
                Scale(result.Hidden.Span);
            }

            return result;
        }

        public GradientResult<T> Gradients(SequenceBatch<T> batch)
        {
            var result = _engine.Gradients(batch);
            if (source.IsGradientWrong(weights.Spec, batch.BatchSize))
            {
                Scale(result.Weights.Tensors.Single(tensor => tensor.Name == "Whh").Values.Span);
            }

            return result;
        }

        public void Dispose() => _engine.Dispose();

        private static void Scale(Span<T> values)
        {
            foreach (ref var value in values)
            {
                value *= T.CreateChecked(Factor);
            }
        }
    }
}
