namespace RnnCompare.Checking.Diagnosis;

/// <summary>A mistake that, together with those in <see cref="With"/>, reproduces everything that the program says.</summary>
public sealed record NamedFault
{
    /// <summary>The id of a slip in one expression that has no name of its own.</summary>
    public const string Edit = "edit";

    /// <summary>The parameter that says which statements such a slip stands in.</summary>
    public const string StatementKey = "statement";

    /// <summary>The parameter that says what kind of slip it is.</summary>
    public const string KindKey = "kind";

    /// <summary>The mistake's name, for example <c>whh-not-transposed</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it is called in a sentence: its name, or the kind of slip and where it stands.</summary>
    public string Title => Id == Edit ? $"{Parameters[KindKey]} in {Parameters[StatementKey]}" : Id;

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
