namespace RnnCompare.Checking.Diagnosis;

/// <summary>A mistake that, together with those in <see cref="With"/>, reproduces everything that the program says.</summary>
public sealed record NamedFault
{
    /// <summary>The mistake's name, for example <c>whh-not-transposed</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The other mistakes made at the same time.</summary>
    public required IReadOnlyList<string> With { get; init; }

    /// <summary>Other mistakes that would have left the same numbers; with <see cref="Id"/>, one of them it is.</summary>
    public required IReadOnlyList<string> OneOf { get; init; }

    /// <summary>Where it is made.</summary>
    public required FaultStage Stage { get; init; }

    /// <summary>What was found of it: which gate, which step, k, c.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>The largest distance that is left after replaying it, in units of the array's noise floor.</summary>
    public required double Residual { get; init; }

    /// <summary>The arrays given that it changes.</summary>
    public required IReadOnlyList<string> Tensors { get; init; }

    /// <summary>The formula that the program uses, in its own names.</summary>
    public required string Wrong { get; init; }

    /// <summary>The formula that is right, in its own names.</summary>
    public required string Right { get; init; }
}
