using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Steps divided by the root of the sum of squared gradients (Duchi, Hazan &amp; Singer 2011), as torch.optim.Adagrad has it.</summary>
/// <remarks>
/// g ← g + λ·w;  s ← s + g²;  w ← w − η / (1 + (n − 1)·decay) · g / (√s + ε) at step n.
/// </remarks>
public class Adagrad : optim.Optimizer
{
    private readonly Options defaults;

    /// <summary>Trains parameters as one group; the optimizer does not dispose of them.</summary>
    /// <param name="parameters">What is trained, in this order.</param>
    /// <param name="lr">η, the learning rate.</param>
    /// <param name="lr_decay">By how much the divisor of the rate grows with every step.</param>
    /// <param name="weight_decay">λ.</param>
    /// <param name="initial_accumulator_value">Where the sums s begin.</param>
    /// <param name="eps">ε.</param>
    /// <exception cref="ArgumentException">A parameter is given twice.</exception>
    public Adagrad(
        IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0.0, double weight_decay = 0.0,
        double initial_accumulator_value = 0.0, double eps = 1e-10)
        : this([new ParamGroup { Parameters = parameters }], lr, lr_decay, weight_decay, initial_accumulator_value, eps)
    {
    }

    /// <summary>Trains groups of parameters; what a group leaves open takes the value given here.</summary>
    /// <inheritdoc cref="Adagrad(IEnumerable{Parameter}, double, double, double, double, double)"/>
    public Adagrad(
        IEnumerable<ParamGroup> parameters, double lr = 1e-2, double lr_decay = 0.0, double weight_decay = 0.0,
        double initial_accumulator_value = 0.0, double eps = 1e-10)
    {
        defaults = new Options(lr, lr_decay, weight_decay, initial_accumulator_value, eps);
        foreach (ParamGroup group in parameters) add_param_group(group);
    }

    private protected override void CompleteOptions(OptimizerOptions options)
    {
        var own = (Options)options;
        own.LearningRate ??= defaults.LearningRate;
        own.lr_decay ??= defaults.lr_decay;
        own.weight_decay ??= defaults.weight_decay;
        own.initial_accumulator_value ??= defaults.initial_accumulator_value;
        own.eps ??= defaults.eps;
    }

    private protected override void Update(Parameter parameter, Tensor gradient, ParameterState state, OptimizerOptions options)
    {
        var own = (Options)options;
        if (own.weight_decay != 0) gradient = gradient.add(parameter, own.weight_decay!.Value);
        double rate = own.LearningRate!.Value / (1 + ((state.Step - 1) * own.lr_decay!.Value));
        Tensor sum = state.Slot("sum", own.initial_accumulator_value!.Value);
        Aten.addcmul_.CallInPlace(sum, gradient, gradient, 1.0);
        Aten.addcdiv_.CallInPlace(parameter, gradient, sum.sqrt().add_(own.eps!.Value), -rate);
    }

    /// <summary>The options of one group; what is null takes the optimizer's value once the group is added.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>By how much the divisor of the rate grows with every step.</summary>
        public double? lr_decay;

        /// <summary>λ, the part of the weight that is added to its gradient.</summary>
        public double? weight_decay;

        /// <summary>Where the sums of squares begin; read at a parameter's first step.</summary>
        public double? initial_accumulator_value;

        /// <summary>ε, added to the root of the sum of squares.</summary>
        public double? eps;

        /// <summary>Leaves every option to the optimizer.</summary>
        public Options()
        {
        }

        internal Options(
            double lr, double lr_decay, double weight_decay, double initial_accumulator_value, double eps)
        {
            LearningRate = lr;
            this.lr_decay = lr_decay;
            this.weight_decay = weight_decay;
            this.initial_accumulator_value = initial_accumulator_value;
            this.eps = eps;
        }
    }

    /// <summary>Parameters that share options.</summary>
    public class ParamGroup : ParamGroup<Options>
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
            IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0.0, double weight_decay = 0.0,
            double initial_accumulator_value = 0.0, double eps = 1e-10)
            : base(parameters, new Options(lr, lr_decay, weight_decay, initial_accumulator_value, eps))
        {
        }
    }
}
