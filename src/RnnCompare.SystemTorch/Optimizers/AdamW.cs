using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adam whose weights decay by themselves, before the step (Loshchilov &amp; Hutter 2019), as torch.optim.AdamW has it.</summary>
/// <remarks>
/// w ← w − η·λ·w;  m ← β₁·m + (1 − β₁)·g;  v ← β₂·v + (1 − β₂)·g²;  amsgrad: v̂ ← max(v̂, v), otherwise v̂ = v;
/// w ← w − η / (1 − β₁ⁿ) · m / (√v̂ / √(1 − β₂ⁿ) + ε) at step n. Moments begin at 0; maximize takes −g for g.
/// The default of λ is 0, where PyTorch has 1e-2.
/// </remarks>
public class AdamW : optim.Optimizer, optim.IBetas
{
    private readonly Options defaults;

    /// <summary>Trains parameters as one group; the optimizer does not dispose of them.</summary>
    /// <param name="parameters">What is trained, in this order.</param>
    /// <param name="lr">η, the learning rate.</param>
    /// <param name="beta1">β₁, what remains of the mean of gradients after a step.</param>
    /// <param name="beta2">β₂, what remains of the mean of squares after a step.</param>
    /// <param name="eps">ε.</param>
    /// <param name="weight_decay">λ.</param>
    /// <param name="amsgrad">Whether the largest mean of squares so far takes the place of the present one.</param>
    /// <param name="maximize">Whether to climb instead of descend.</param>
    /// <exception cref="ArgumentException">A parameter is given twice.</exception>
    public AdamW(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
        double eps = 1e-8, double weight_decay = 0.0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    /// <summary>Trains groups of parameters; what a group leaves open takes the value given here.</summary>
    /// <inheritdoc cref="AdamW(IEnumerable{Parameter}, double, double, double, double, double, bool, bool)"/>
    public AdamW(
        IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
        double eps = 1e-8, double weight_decay = 0.0, bool amsgrad = false, bool maximize = false)
    {
        defaults = new Options(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        foreach (ParamGroup group in parameters) add_param_group(group);
    }

    /// <summary>β₁ and β₂ of the optimizer; setting it sets every group.</summary>
    public (double, double) Betas
    {
        get => (defaults.beta1!.Value, defaults.beta2!.Value);
        set
        {
            (defaults.beta1, defaults.beta2) = value;
            foreach (ParamGroup group in ParamGroups.Cast<ParamGroup>()) group.Betas = value;
        }
    }

    private protected override void CompleteOptions(OptimizerOptions options)
    {
        var own = (Options)options;
        own.LearningRate ??= defaults.LearningRate;
        own.beta1 ??= defaults.beta1;
        own.beta2 ??= defaults.beta2;
        own.eps ??= defaults.eps;
        own.weight_decay ??= defaults.weight_decay;
        own.amsgrad ??= defaults.amsgrad;
        own.maximize ??= defaults.maximize;
    }

    private protected override void Update(Parameter parameter, Tensor gradient, ParameterState state, OptimizerOptions options)
    {
        var own = (Options)options;
        if (own.maximize!.Value) gradient = -gradient;
        parameter.mul_(1 - (own.LearningRate!.Value * own.weight_decay!.Value));
        Moments.Step(
            parameter, gradient, state, own.LearningRate!.Value, own.beta1!.Value, own.beta2!.Value, own.eps!.Value, own.amsgrad!.Value);
    }

    /// <summary>The options of one group; what is null takes the optimizer's value once the group is added.</summary>
    public class Options : OptimizerOptions
    {
        /// <inheritdoc cref="Adam.Options.beta1"/>
        public double? beta1;

        /// <inheritdoc cref="Adam.Options.beta2"/>
        public double? beta2;

        /// <inheritdoc cref="Adam.Options.eps"/>
        public double? eps;

        /// <summary>λ, by which, times η, the weight shrinks before the step.</summary>
        public double? weight_decay;

        /// <inheritdoc cref="Adam.Options.amsgrad"/>
        public bool? amsgrad;

        /// <inheritdoc cref="Adam.Options.maximize"/>
        public bool? maximize;

        /// <summary>Leaves every option to the optimizer.</summary>
        public Options()
        {
        }

        internal Options(
            double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
        {
            LearningRate = lr;
            this.beta1 = beta1;
            this.beta2 = beta2;
            this.eps = eps;
            this.weight_decay = weight_decay;
            this.amsgrad = amsgrad;
            this.maximize = maximize;
        }
    }

    /// <summary>Parameters that share options.</summary>
    public class ParamGroup : ParamGroup<Options>, optim.IBetas
    {
        /// <summary>A group without parameters that leaves every option to the optimizer.</summary>
        public ParamGroup()
        {
        }

        /// <inheritdoc cref="ParamGroup{TOptions}.ParamGroup(IEnumerable{Parameter}, TOptions)"/>
        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

        /// <summary>A group with all its options, see <see cref="Options"/>: a default here stands in place of the optimizer's value.</summary>
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
            double eps = 1e-8, double weight_decay = 0.0, bool amsgrad = false, bool maximize = false)
            : base(parameters, new Options(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
        {
        }

        /// <summary>β₁ and β₂ of the group; reading throws <see cref="InvalidOperationException"/> before it is given or filled in.</summary>
        public (double, double) Betas
        {
            get => (Options.beta1!.Value, Options.beta2!.Value);
            set => (Options.beta1, Options.beta2) = value;
        }
    }
}
