using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Steps divided by a running root mean square of the gradients (Hinton 2012), as torch.optim.RMSprop has it.</summary>
public class RMSProp : optim.Optimizer, optim.IMomentum
{
    private readonly Options defaults;

    public RMSProp(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8,
        double weight_decay = 0.0, double momentum = 0.0, bool centered = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
    {
    }

    public RMSProp(
        IEnumerable<ParamGroup> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8,
        double weight_decay = 0.0, double momentum = 0.0, bool centered = false, bool maximize = false)
    {
        defaults = new Options(lr, alpha, eps, weight_decay, momentum, centered, maximize);
        foreach (ParamGroup group in parameters) add_param_group(group);
    }

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

    public class Options : OptimizerOptions
    {
        public double? alpha;
        public double? eps;
        public double? weight_decay;
        public double? momentum;
        public bool? centered;
        public bool? maximize;

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

    public class ParamGroup : ParamGroup<Options>, optim.IMomentum
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double eps = 1e-8, double alpha = 0.99,
            double weight_decay = 0.0, double momentum = 0.0, bool centered = false)
            : base(parameters, new Options(lr, alpha, eps, weight_decay, momentum, centered, false))
        {
        }

        public double Momentum
        {
            get => Options.momentum!.Value;
            set => Options.momentum = value;
        }
    }
}
