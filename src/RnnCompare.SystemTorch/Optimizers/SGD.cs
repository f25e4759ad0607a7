using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Gradient descent as torch.optim.SGD has it (momentum: Polyak 1964; Nesterov 1983 in the form of Sutskever et al. 2013).</summary>
/// <remarks>
/// g ← g + λ·w;  b ← μ·b + (1 − dampening)·g, at the first step b = g;  w ← w − η·(nesterov ? g + μ·b : b). maximize takes −g for g.
/// </remarks>
public class SGD : optim.Optimizer, optim.IMomentum
{
    private readonly Options defaults;

    /// <summary>Trains parameters as one group; the optimizer does not dispose of them.</summary>
    /// <param name="parameters">What is trained, in this order.</param>
    /// <param name="lr">η, the learning rate.</param>
    /// <param name="momentum">μ; 0 for none.</param>
    /// <param name="dampening">What part of the gradient the momentum leaves out, from its second step on.</param>
    /// <param name="weight_decay">λ.</param>
    /// <param name="nesterov">Whether the step looks ahead along the momentum.</param>
    /// <param name="maximize">Whether to climb instead of descend.</param>
    /// <exception cref="ArgumentException">A parameter is given twice, or nesterov stands without a momentum above 0 or with a dampening.</exception>
    public SGD(
        IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0.0,
        double weight_decay = 0.0, bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    /// <summary>Trains groups of parameters; what a group leaves open takes the value given here.</summary>
    /// <inheritdoc cref="SGD(IEnumerable{Parameter}, double, double, double, double, bool, bool)"/>
    public SGD(
        IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0.0,
        double weight_decay = 0.0, bool nesterov = false, bool maximize = false)
    {
        if (nesterov && (momentum <= 0 || dampening != 0))
        {
            throw new ArgumentException(
                $"Nesterov needs a momentum above 0 and no dampening, but momentum is {momentum} and dampening {dampening}.");
        }

        defaults = new Options(lr, momentum, dampening, weight_decay, nesterov, maximize);
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
        own.momentum ??= defaults.momentum;
        own.dampening ??= defaults.dampening;
        own.weight_decay ??= defaults.weight_decay;
        own.nesterov ??= defaults.nesterov;
        own.maximize ??= defaults.maximize;
    }

    private protected override void Update(Parameter parameter, Tensor gradient, ParameterState state, OptimizerOptions options)
    {
        var own = (Options)options;
        double momentum = own.momentum!.Value;
        if (own.maximize!.Value) gradient = -gradient;
        if (own.weight_decay != 0) gradient = gradient.add(parameter, own.weight_decay!.Value);
        if (momentum != 0)
        {
            bool first = !state.Has("momentum_buffer");
            Tensor buffer = state.Slot("momentum_buffer");
            if (first) buffer.copy_(gradient);
            else buffer.mul_(momentum).add_(gradient, 1 - own.dampening!.Value);
            gradient = own.nesterov!.Value ? gradient.add(buffer, momentum) : buffer;
        }

        parameter.add_(gradient, -own.LearningRate!.Value);
    }

    /// <summary>The options of one group; what is null takes the optimizer's value once the group is added.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>μ, what remains of the step before; 0 for none.</summary>
        public double? momentum;

        /// <summary>What part of the gradient the momentum leaves out, from its second step on.</summary>
        public double? dampening;

        /// <summary>λ, the part of the weight that is added to its gradient.</summary>
        public double? weight_decay;

        /// <summary>Whether the step is g + μ·b instead of b.</summary>
        public bool? nesterov;

        /// <summary>Whether to climb instead of descend.</summary>
        public bool? maximize;

        /// <summary>Leaves every option to the optimizer.</summary>
        public Options()
        {
        }

        internal Options(
            double lr, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize)
        {
            LearningRate = lr;
            this.momentum = momentum;
            this.dampening = dampening;
            this.weight_decay = weight_decay;
            this.nesterov = nesterov;
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
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0.0,
            double weight_decay = 0.0, bool nesterov = false, bool maximize = false)
            : base(parameters, new Options(lr, momentum, dampening, weight_decay, nesterov, maximize))
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
