namespace RnnCompare.Models.Initialization;

/// <summary>The initializers that have a name in configs.</summary>
/// <remarks>A rule's size is changed with a <c>with</c> expression: <c>named with { Recurrent = named.Recurrent with { Scale = 0.9 } }</c>.</remarks>
public static class InitializerTable
{
    private static readonly MatrixInitializer XavierUniform = new FanInitializer { Fan = Fan.Average, Uniform = true };

    /// <summary>Every name and its initializer, in the order of help texts.</summary>
    public static IReadOnlyDictionary<string, NetworkInitializer> All { get; } = new OrderedDictionary<string, NetworkInitializer>
    {
        ["normal"] = Everywhere(new NormalInitializer()),
        ["xavier-uniform"] = Everywhere(XavierUniform),
        ["xavier-normal"] = Everywhere(new FanInitializer { Fan = Fan.Average }),
        ["kaiming-uniform"] = Everywhere(new FanInitializer { Fan = Fan.In, Uniform = true, Scale = Math.Sqrt(2) }),
        ["kaiming-normal"] = Everywhere(new FanInitializer { Fan = Fan.In, Scale = Math.Sqrt(2) }),
        ["torch"] = Torch(),
        ["orthogonal"] = Everywhere(XavierUniform) with { Recurrent = new OrthogonalInitializer() },
        ["identity"] = Everywhere(new NormalInitializer { Scale = 0.001 }) with { Recurrent = new IdentityInitializer() },
        ["spectral-radius"] = Everywhere(XavierUniform) with { Recurrent = new SpectralRadiusInitializer() },
    };

    /// <summary>The initializer of a name such as <c>xavier-uniform</c>.</summary>
    /// <exception cref="ArgumentException">There is no such initializer; the message lists those that exist.</exception>
    public static NetworkInitializer Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.GetValueOrDefault(name) ?? throw new ArgumentException($"Unknown initializer '{name}'; known: {string.Join(", ", All.Keys)}.", nameof(name));
    }

    private static NetworkInitializer Everywhere(MatrixInitializer rule) => new() { Input = rule, Recurrent = rule, Output = rule };

    // What nn.RNN, nn.LSTM and nn.GRU (±1/√H everywhere) and nn.Linear (±1/√inputs) do when nothing else is said.
    private static NetworkInitializer Torch()
    {
        var recurrent = new FanInitializer { Fan = Fan.Out, Uniform = true, Scale = 1 / Math.Sqrt(3) };
        var linear = recurrent with { Fan = Fan.In };
        return new() { Input = recurrent, Recurrent = recurrent, Bias = recurrent, Output = linear, OutputBias = linear };
    }
}
