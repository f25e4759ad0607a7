using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Steps divided by a running root mean square of the gradients (Tieleman &amp; Hinton 2012; centered: Graves 2013).</summary>
/// <remarks>
/// g ← g + λ·w;  v ← α·v + (1 − α)·g²;  centered: m ← α·m + (1 − α)·g, otherwise m = 0;
/// b ← μ·b + g / (√(v − m²) + ε);  w ← w − η·b. Means and b begin at 0; maximize takes −g for g.
/// The default of η is 1e-3 here and 1e-2 in torch.optim.
/// </remarks>
public class RMSProp : optim.Optimizer, optim.IMomentum
{
    private readonly Options defaults;

    /// <summary>Trains parameters as one group; the optimizer does not dispose of them.</summary>
    /// <param name="parameters">What is trained, in this order.</param>
    /// <param name="lr">η, the learning rate.</param>
    /// <param name="alpha">α, what remains of the running means after a step.</param>
    /// <param name="eps">ε.</param>
    /// <param name="weight_decay">λ.</param>
    /// <param name="momentum">μ; 0 for none.</param>
    /// <param name="centered">Whether the mean of the gradients is taken off.</param>
    /// <param name="maximize">Whether to climb instead of descend.</param>
    /// <exception cref="ArgumentException">A parameter is given twice.</exception>
    public RMSProp(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8,
        double weight_decay = 0.0, double momentum = 0.0, bool centered = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
    {
    }

    /// <summary>Trains groups of parameters; what a group leaves open takes the value given here.</summary>
    /// <inheritdoc cref="RMSProp(IEnumerable{Parameter}, double, double, double, double, double, bool, bool)"/>
    public RMSProp(
        IEnumerable<ParamGroup> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8,
        double weight_decay = 0.0, double momentum = 0.0, bool centered = false, bool maximize = false)
    {
        defaults = new Options(lr, alpha, eps, weight_decay, momentum, centered, maximize);
        foreach (ParamGroup group in parameters) add_param_group(group);
    }

    /// <summary>μ of the optimizer; setting it sets every group.</summary>
    public double Momentum
    {
        get => defaults.momentum!.Value;
        set
        {
            defaults.momentum = value;
            foreach (ParamGroup group in ParamGroups.Cast<ParamGroup>()) group.Momentum = value;
        }
    }

    private protected override void CompleteOptions(OptimizerOptions options)
    {
        var own = (Options)options;
        own.LearningRate ??= defaults.LearningRate;
        own.alpha ??= defaults.alpha;
        own.eps ??= defaults.eps;
        own.weight_decay ??= defaults.weight_decay;
        own.momentum ??= defaults.momentum;
        own.centered ??= defaults.centered;
        own.maximize ??= defaults.maximize;
    }

    private protected override void Update(Parameter parameter, Tensor gradient, ParameterState state, OptimizerOptions options)
    {
        var own = (Options)options;
        double alpha = own.alpha!.Value;
        if (own.maximize!.Value) gradient = -gradient;
        if (own.weight_decay != 0) gradient = gradient.add(parameter, own.weight_decay!.Value);
        Tensor squares = state.Slot("square_avg").mul_(alpha);
        Aten.addcmul_.CallInPlace(squares, gradient, gradient, 1 - alpha);
        if (own.centered!.Value)
        {
            Tensor average = state.Slot("grad_avg").mul_(alpha).add_(gradient, 1 - alpha);
            squares = Aten.addcmul.Call(squares, average, average, -1.0);
        }

        Tensor root = squares.sqrt().add_(own.eps!.Value);
        double rate = own.LearningRate!.Value;
        if (own.momentum > 0)
        {
            Tensor buffer = state.Slot("momentum_buffer").mul_(own.momentum!.Value);
            Aten.addcdiv_.CallInPlace(buffer, gradient, root, 1.0);
            parameter.add_(buffer, -rate);
        }
        else Aten.addcdiv_.CallInPlace(parameter, gradient, root, -rate);
    }

    /// <summary>The options of one group; what is null takes the optimizer's value once the group is added.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>α, what remains of the running means after a step.</summary>
        public double? alpha;

        /// <summary>ε, added to the root of the mean of squares.</summary>
        public double? eps;

        /// <summary>λ, the part of the weight that is added to its gradient.</summary>
        public double? weight_decay;

        /// <summary>μ, what remains of the last scaled gradients; 0 for none.</summary>
        public double? momentum;

        /// <summary>Whether the scale is the gradient's running deviation from its mean instead of its size.</summary>
        public bool? centered;

        /// <summary>Whether to climb instead of descend.</summary>
        public bool? maximize;

        /// <summary>Leaves every option to the optimizer.</summary>
        public Options()
        {
        }

        internal Options(
            double lr, double alpha, double eps, double weight_decay, double momentum, bool centered, bool maximize)
        {
            LearningRate = lr;
            this.alpha = alpha;
            this.eps = eps;
            this.weight_decay = weight_decay;
            this.momentum = momentum;
            this.centered = centered;
            this.maximize = maximize;
        }
    }

    /// <summary>Parameters that share options.</summary>
    public class ParamGroup : ParamGroup<Options>, optim.IMomentum
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
        /// <remarks>ε stands before α, unlike in the optimizer; the group always descends.</remarks>
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double eps = 1e-8, double alpha = 0.99,
            double weight_decay = 0.0, double momentum = 0.0, bool centered = false)
            : base(parameters, new Options(lr, alpha, eps, weight_decay, momentum, centered, false))
        {
        }

        /// <summary>μ of the group; reading throws <see cref="InvalidOperationException"/> before it is given or filled in.</summary>
        public double Momentum
        {
            get => Options.momentum!.Value;
            set => Options.momentum = value;
        }
    }
}
