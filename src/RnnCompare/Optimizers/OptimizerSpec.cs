using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using RnnCompare.Models;

namespace RnnCompare.Optimizers;

/// <summary>An optimizer and its constants; names, defaults and ranges are those of torch.optim.</summary>
/// <remarks>
/// A property with a <see cref="ConstantAttribute"/> is all that a constant needs: its bounds are checked here, and the key of
/// configs with its help comes from it (<see cref="OptimizerConstant"/>). A value outside of its bounds is refused with an
/// <see cref="ArgumentOutOfRangeException"/> that names the property.
/// </remarks>
public abstract record OptimizerSpec
{
    private protected OptimizerSpec(double learningRate, double weightDecay = 0)
    {
        LearningRate = learningRate;
        WeightDecay = weightDecay;
    }

    /// <summary>The name in configs: <c>adagrad</c>.</summary>
    public abstract string Name { get; }

    /// <summary>η, the step size at the first step; not negative.</summary>
    public double LearningRate { get; init => field = ArgumentChecks.NotNegative(value); }

    /// <summary>λ: the weight times this is added to its gradient (AdamW: times η subtracted from the weight); not negative.</summary>
    public double WeightDecay { get; init => field = ArgumentChecks.NotNegative(value); }

    /// <summary>Makes sure that the constants fit each other.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public virtual void Require()
    {
    }

    /// <summary>The optimizer that makes the manual engine's updates.</summary>
    internal abstract Optimizer<T> CreateOptimizer<T>(RnnSpec network)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Lets a value through that lies within the bounds of the property that is being set.</summary>
    private protected double Checked(double value, [CallerMemberName] string property = "")
    {
        var bounds = GetType().GetProperty(property)!.GetCustomAttribute<ConstantAttribute>()!;
        return bounds.Allows(value) ? value : throw new ArgumentOutOfRangeException(property, $"{property} is {value}, but must be {bounds.Expectation}.");
    }
}
