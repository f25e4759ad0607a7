using System.Reflection;

namespace RnnCompare.Optimizers;

/// <summary>A constant that one or more optimizers have, found from the properties that carry a <see cref="ConstantAttribute"/>.</summary>
public sealed class OptimizerConstant
{
    private const BindingFlags PlainExceptions = BindingFlags.DoNotWrapExceptions;

    private OptimizerConstant(string property, IReadOnlyList<OptimizerSpec> owners)
    {
        var found = owners[0].GetType().GetProperty(property)!;
        Bounds = found.GetCustomAttribute<ConstantAttribute>()!;
        Property = property;
        Key = char.ToLowerInvariant(property[0]) + property[1..];
        Help = $"{Bounds.Help} ({string.Join(", ", owners.Select(owner => owner.Name))})";
        IsSwitch = found.PropertyType == typeof(bool);
        Default = Bounds.ZeroKeepsOwn ? 0.0 : found.GetValue(owners[0])!;
    }

    /// <summary>Every constant of every optimizer of <see cref="OptimizerTable"/>, in the order of help texts.</summary>
    public static IReadOnlyList<OptimizerConstant> All { get; } =
    [
        .. OptimizerTable.All
            .SelectMany(spec => spec.GetType().GetProperties().Where(property => property.IsDefined(typeof(ConstantAttribute))).Select(property => (property.Name, spec)))
            .GroupBy(pair => pair.Name, pair => pair.spec)
            .Select(group => new OptimizerConstant(group.Key, [.. group])),
    ];

    /// <summary>The key of configs: <c>initialAccumulator</c>.</summary>
    public string Key { get; }

    /// <summary>What it does and which optimizers have it.</summary>
    public string Help { get; }

    /// <summary>The bounds of its values.</summary>
    public ConstantAttribute Bounds { get; }

    /// <summary>Whether it is true or false, and no number.</summary>
    public bool IsSwitch { get; }

    /// <summary>The value that stands for the optimizer's own: a <see cref="bool"/> or a <see cref="double"/>.</summary>
    public object Default { get; }

    private string Property { get; }

    /// <summary>An optimizer with this constant changed; the same where it has no such constant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of bounds.</exception>
    internal OptimizerSpec Apply(OptimizerSpec spec, object value)
    {
        var property = spec.GetType().GetProperty(Property);
        if (property is null)
        {
            return spec;
        }

        var changed = spec with { };
        property.SetValue(changed, value, PlainExceptions, binder: null, index: null, culture: null);
        return changed;
    }
}
