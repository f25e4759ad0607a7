using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MigratedModel;

/// <summary>The loss and the update of the prototype.</summary>
public static class Training
{
    private const double LearningRate = 0.01;
    private const double WeightDecay = 0;
#if SGD
    private const double Momentum = 0;
    private const double Dampening = 0;
    private const bool Nesterov = false;
#elif ADAGRAD
    private const double LearningRateDecay = 0;
    private const double InitialAccumulator = 0;
    private const double Epsilon = 1e-10;
#elif RMSPROP
    private const double Alpha = 0.99;
    private const double Momentum = 0;
    private const double Epsilon = 1e-8;
    private const bool Centered = false;
#else // ADAM, ADAMW
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;
    private const bool AmsGrad = false;
#endif
#if CLIP_VALUE || CLIP_NORM
    private const double ClippingLimit = 1;
#endif

    /// <summary>The parameters that are trained.</summary>
    public static IEnumerable<Parameter> Trained(Model model) => model.parameters().Where(parameter => parameter.requires_grad);

    /// <summary>The optimizer. Call its Dispose when training is over.</summary>
    public static optim.Optimizer CreateOptimizer(Model model)
    {
#if SGD
        return optim.SGD(Trained(model), LearningRate, momentum: Momentum, dampening: Dampening, weight_decay: WeightDecay, nesterov: Nesterov);
#elif ADAGRAD
        return optim.Adagrad(Trained(model), lr: LearningRate, lr_decay: LearningRateDecay, weight_decay: WeightDecay, initial_accumulator_value: InitialAccumulator, eps: Epsilon);
#elif RMSPROP
        return optim.RMSProp(Trained(model), lr: LearningRate, alpha: Alpha, eps: Epsilon, weight_decay: WeightDecay, momentum: Momentum, centered: Centered);
#elif ADAM
        return optim.Adam(Trained(model), lr: LearningRate, beta1: Beta1, beta2: Beta2, eps: Epsilon, weight_decay: WeightDecay, amsgrad: AmsGrad);
#else // ADAMW
        return optim.AdamW(Trained(model), lr: LearningRate, beta1: Beta1, beta2: Beta2, eps: Epsilon, weight_decay: WeightDecay, amsgrad: AmsGrad);
#endif
    }

    /// <summary>The loss of a batch, as a scalar of the graph.</summary>
    public static Tensor Loss(Tensor outputs, Batch batch)
    {
#if LAST_STEP
        var (y, targets) = (outputs, batch.Targets);
#elif LENGTHS
        var counted = batch.Counted();
        var (y, targets) = (outputs.flatten(0, 1).index_select(0, counted), batch.Targets.flatten(0, 1).index_select(0, counted));
#else
        var (y, targets) = (outputs.flatten(0, 1), batch.Targets.flatten(0, 1));
#endif
#if WEIGHTED && LENGTHS && !LAST_STEP
        var weights = batch.Weights.flatten(0, 1).index_select(0, counted);
#elif WEIGHTED
        var weights = batch.Weights.flatten();
#endif
#if CROSS_ENTROPY && WEIGHTED
        return (weights * nn.functional.cross_entropy(y, targets, reduction: nn.Reduction.None)).sum();
#elif WEIGHTED
        return (weights.unsqueeze(1) * nn.functional.mse_loss(y, targets, nn.Reduction.None)).sum() / 2;
#elif CROSS_ENTROPY && MEAN
        return nn.functional.cross_entropy(y, targets, reduction: nn.Reduction.Mean);
#elif CROSS_ENTROPY
        return nn.functional.cross_entropy(y, targets, reduction: nn.Reduction.Sum);
#elif MEAN
        return nn.functional.mse_loss(y, targets, nn.Reduction.Sum) / (2 * y.shape[0]);
#else
        return nn.functional.mse_loss(y, targets, nn.Reduction.Sum) / 2;
#endif
    }

    /// <summary>Computes the loss of a batch and its gradients.</summary>
    /// <returns>The loss.</returns>
    public static double Differentiate(Model model, Batch batch)
    {
        using var scope = NewDisposeScope();
        model.zero_grad();
        var loss = Loss(model.Forward(batch).Outputs, batch);
        loss.backward();
#if GRU
        model.MaskGradients();
#endif
        return loss.to_type(ScalarType.Float64).item<double>();
    }

    /// <summary>Makes one training step.</summary>
    /// <returns>The loss before the update.</returns>
    public static double Step(Model model, optim.Optimizer optimizer, Batch batch)
    {
        var loss = Differentiate(model, batch);
#if CLIP_VALUE
        nn.utils.clip_grad_value_(Trained(model), ClippingLimit);
#elif CLIP_NORM
        nn.utils.clip_grad_norm_(Trained(model), ClippingLimit);
#endif
        optimizer.step();
        return loss;
    }
}
