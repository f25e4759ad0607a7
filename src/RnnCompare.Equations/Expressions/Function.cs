using System.Numerics;
using RnnCompare.Equations.Derivation;

namespace RnnCompare.Equations.Expressions;

/// <summary>A function of the language with all that is to be known of it; a new one is a row of <see cref="All"/>.</summary>
public sealed class Function
{
    private readonly IFunctionKernel _kernel;
    private readonly Func<Expression, Expression, Expression>? _derivative;

    private Function(string name, IFunctionKernel kernel, Func<Expression, Expression, Expression>? derivative)
    {
        Name = name;
        _kernel = kernel;
        _derivative = derivative;
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static Function Sigmoid { get; } = new("sigmoid", new LaneKernel<SigmoidLane>(), (_, v) => Algebra.Multiply(v, Algebra.OneMinus(v)))
    {
        Aliases = ["σ", "logistic"],
        Latex = @"\sigma",
        Python = "1 / (1 + np.exp(-{0}))",
        CSharp = "1 / (1 + Math.Exp(-{0}))",
        TorchSharp = "{0}.sigmoid()",
    };

    /// <summary>The hyperbolic tangent.</summary>
    public static Function Tanh { get; } = new("tanh", new LaneKernel<TanhLane>(), (_, v) => Algebra.OneMinus(Algebra.Raise(v, 2)))
    {
        Latex = @"\tanh",
        Python = "np.tanh({0})",
        CSharp = "Math.Tanh({0})",
        TorchSharp = "{0}.tanh()",
    };

    /// <summary>max(x, 0).</summary>
    public static Function Relu { get; } = new("relu", new LaneKernel<ReluLane>(), (_, v) => Algebra.Apply(Step!, v))
    {
        Latex = @"\operatorname{relu}",
        Python = "np.maximum({0}, 0)",
        CSharp = "Math.Max({0}, 0)",
        TorchSharp = "{0}.relu()",
    };

    /// <summary>x where x is above 0, otherwise x / 100.</summary>
    public static Function LeakyRelu { get; } = new("leaky_relu", new LaneKernel<LeakyReluLane>(), (_, v) => Algebra.Add(new Number(0.01), Algebra.Multiply(new Number(0.99), Algebra.Apply(Step!, v))))
    {
        Aliases = ["leakyrelu"],
        Latex = @"\operatorname{leaky\,relu}",
        Python = "np.where({0} > 0, {0}, 0.01 * ({0}))",
        CSharp = "({0} > 0 ? {0} : 0.01 * ({0}))",
        TorchSharp = "{0}.leaky_relu(0.01)",
    };

    /// <summary>1 where x is above 0, otherwise 0; its derivative is 0.</summary>
    public static Function Step { get; } = new("step", new LaneKernel<StepLane>(), derivative: null)
    {
        Aliases = ["heaviside"],
        Latex = @"\operatorname{step}",
        Python = "({0} > 0).astype({0}.dtype)",
        CSharp = "({0} > 0 ? 1.0 : 0.0)",
        TorchSharp = "{0}.gt(0).to_type({0}.dtype)",
    };

    /// <summary>The sigmoid of straight lines: x / 6 + ½, cut at 0 and 1.</summary>
    public static Function HardSigmoid { get; } = new("hard_sigmoid", new LaneKernel<HardSigmoidLane>(), (_, v) => Algebra.Divide(Algebra.Apply(Step!, Algebra.Multiply(v, Algebra.OneMinus(v))), new Number(6)))
    {
        Aliases = ["hardsigmoid"],
        Latex = @"\operatorname{hard\,\sigma}",
        Python = "np.clip({0} / 6 + 0.5, 0, 1)",
        CSharp = "Math.Clamp({0} / 6 + 0.5, 0, 1)",
        TorchSharp = "({0} / 6 + 0.5).clamp(0, 1)",
    };

    /// <summary>x, cut at −1 and 1.</summary>
    public static Function HardTanh { get; } = new("hard_tanh", new LaneKernel<HardTanhLane>(), (_, v) => Algebra.Apply(Step!, Algebra.OneMinus(Algebra.Raise(v, 2))))
    {
        Aliases = ["hardtanh"],
        Latex = @"\operatorname{hard\,tanh}",
        Python = "np.clip({0}, -1, 1)",
        CSharp = "Math.Clamp({0}, -1, 1)",
        TorchSharp = "{0}.clamp(-1, 1)",
    };

    /// <summary>log(1 + eˣ).</summary>
    public static Function Softplus { get; } = new("softplus", new SoftplusKernel(), (u, _) => Algebra.Apply(Sigmoid, u))
    {
        Latex = @"\operatorname{softplus}",
        Python = "np.logaddexp({0}, 0)",
        CSharp = "(Math.Max({0}, 0) + Math.Log(1 + Math.Exp(-Math.Abs({0}))))",
        TorchSharp = "{0}.logaddexp(zeros_like({0}))",
    };

    /// <summary>eˣ.</summary>
    public static Function Exp { get; } = new("exp", new ExpKernel(), (_, v) => v)
    {
        Latex = @"\exp",
        Python = "np.exp({0})",
        CSharp = "Math.Exp({0})",
        TorchSharp = "{0}.exp()",
    };

    /// <summary>The natural logarithm.</summary>
    public static Function Log { get; } = new("log", new LogKernel(), (u, _) => Algebra.Divide(new Number(1), u))
    {
        Aliases = ["ln"],
        Latex = @"\log",
        Python = "np.log({0})",
        CSharp = "Math.Log({0})",
        TorchSharp = "{0}.log()",
    };

    /// <summary>The square root.</summary>
    public static Function Sqrt { get; } = new("sqrt", new LaneKernel<SqrtLane>(), (_, v) => Algebra.Divide(new Number(0.5), v))
    {
        Latex = @"\operatorname{sqrt}",
        Python = "np.sqrt({0})",
        CSharp = "Math.Sqrt({0})",
        TorchSharp = "{0}.sqrt()",
    };

    /// <summary>|x|.</summary>
    public static Function Abs { get; } = new("abs", new LaneKernel<AbsLane>(), (u, _) => Algebra.Subtract(Algebra.Apply(Step!, u), Algebra.Apply(Step!, Algebra.Negate(u))))
    {
        Latex = @"\operatorname{abs}",
        Python = "np.abs({0})",
        CSharp = "Math.Abs({0})",
        TorchSharp = "{0}.abs()",
    };

    /// <summary>eˣ over a row, divided by its sum; for the loss, not for equations.</summary>
    public static Function Softmax { get; } = new("softmax", new SoftmaxKernel(), derivative: null)
    {
        Latex = @"\operatorname{softmax}",
        Python = "softmax({0})",
        CSharp = "Softmax({0})",
        TorchSharp = "{0}.softmax(-1)",
    };

    /// <summary>The functions that equations may use, in the order of the manual.</summary>
    public static IReadOnlyList<Function> All { get; } = [Sigmoid, Tanh, Relu, LeakyRelu, Step, HardSigmoid, HardTanh, Softplus, Exp, Log, Sqrt, Abs];

    /// <summary>The name in equations.</summary>
    public string Name { get; }

    /// <summary>Other names that are read as the same.</summary>
    public IReadOnlyList<string> Aliases { get; private init; } = [];

    /// <summary>The name in LaTeX.</summary>
    public required string Latex { get; init; }

    /// <summary>The function in NumPy, with {0} for its argument.</summary>
    public required string Python { get; init; }

    /// <summary>The function of a double in C#, with {0} for its argument.</summary>
    public required string CSharp { get; init; }

    /// <summary>The function of a tensor in TorchSharp's C#, with {0} for its argument, a name or something in parentheses.</summary>
    public required string TorchSharp { get; init; }

    /// <summary>Whether anything flows back through it.</summary>
    public bool HasDerivative => _derivative is not null;

    /// <summary>Whether the derivative is said in terms of the argument, which then has to be kept.</summary>
    public bool NeedsArgument => Derivative(new Reference("u"), new Reference("v")).Parts().Contains(new Reference("u"));

    /// <summary>The function of a name; null where there is none.</summary>
    public static Function? Named(string name) => All.FirstOrDefault(function => function.Name == name || function.Aliases.Contains(name));

    /// <summary>The derivative, best in terms of the output.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="output">The function's value there.</param>
    public Expression Derivative(Expression argument, Expression output) => _derivative is null ? new Number(0) : _derivative(argument, output);

    /// <summary>Computes the function.</summary>
    /// <param name="x">The arguments, in rows.</param>
    /// <param name="result">As long; may be the same memory.</param>
    /// <param name="columns">The length of a row.</param>
    public void Evaluate<T>(ReadOnlySpan<T> x, Span<T> result, int columns)
        where T : unmanaged, IFloatingPointIeee754<T> => _kernel.Run(x, result, columns);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
