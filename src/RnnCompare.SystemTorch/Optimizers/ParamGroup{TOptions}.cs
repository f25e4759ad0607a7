namespace TorchSharp.Modules;

/// <inheritdoc/>
/// <typeparam name="TOptions">The options of the optimizer, with a constructor that takes nothing.</typeparam>
public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
{
    /// <summary>A group without parameters that leaves every option to the optimizer.</summary>
    public ParamGroup() => Options = Activator.CreateInstance<TOptions>();

    /// <summary>A group of parameters.</summary>
    /// <param name="parameters">What is trained; walked through once, when the group is added to an optimizer.</param>
    /// <param name="options">The options, which the optimizer completes; null leaves them all to it.</param>
    public ParamGroup(IEnumerable<Parameter> parameters, TOptions options = null!)
    {
        Parameters = parameters;
        Options = options ?? Activator.CreateInstance<TOptions>();
    }

    /// <inheritdoc cref="ParamGroup.Options"/>
    public new TOptions Options
    {
        get => (TOptions)base.Options;
        set => base.Options = value;
    }
}
