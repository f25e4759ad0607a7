using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Steps divided by the root of the sum of squared gradients (Duchi et al. 2011), as torch.optim.Adagrad has it.</summary>
public class Adagrad : optim.Optimizer
{
    private readonly Options defaults;

    public Adagrad(
        IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0.0, double weight_decay = 0.0,
        double initial_accumulator_value = 0.0, double eps = 1e-10)
        : this([new ParamGroup { Parameters = parameters }], lr, lr_decay, weight_decay, initial_accumulator_value, eps)
    {
    }

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

    public class Options : OptimizerOptions
    {
        public double? lr_decay;
        public double? weight_decay;
        public double? initial_accumulator_value;
        public double? eps;

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

    public class ParamGroup : ParamGroup<Options>
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0.0, double weight_decay = 0.0,
            double initial_accumulator_value = 0.0, double eps = 1e-10)
            : base(parameters, new Options(lr, lr_decay, weight_decay, initial_accumulator_value, eps))
        {
        }
    }
}
