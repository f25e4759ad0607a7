using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Faults;

/// <summary>One mistake with all its parameters: the statements that it replaces, and with what.</summary>
internal sealed class Fault
{
    /// <summary>The family's name, which the program prints.</summary>
    public required string Id { get; init; }

    /// <summary>The statements that it replaces.</summary>
    public required Statement Edits { get; init; }

    /// <summary>Replaces them in a variant.</summary>
    public required Func<Variant, Variant> Edit { get; init; }

    /// <summary>The formula that the program uses; <c>{Whh}</c> and the like stand for the user's own names.</summary>
    public required string Wrong { get; init; }

    /// <summary>The formula that is right.</summary>
    public required string Right { get; init; }

    /// <summary>The parameters found: which gate, which step, k, c.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the forward pass is wrong already.</summary>
    public bool IsForward => (Edits & Forward) != 0;

    private static Statement Forward => (Statement)(((long)Statement.LossScale << 1) - 1);

    /// <summary>Whether two mistakes replace different statements, so that both together have one meaning.</summary>
    public bool GoesWith(Fault other) => (Edits & other.Edits) == 0;

    /// <inheritdoc/>
    public override string ToString()
    {
        return Parameters.Count == 0 ? Id : $"{Id} ({string.Join(", ", Parameters.Select(parameter => $"{parameter.Key} {parameter.Value}"))})";
    }
}
