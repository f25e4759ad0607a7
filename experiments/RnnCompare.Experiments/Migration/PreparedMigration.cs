using RnnCompare.Checking.Comparison;
using RnnCompare.Equations;
using RnnCompare.Experiments.Check;
using RnnCompare.Experiments.Results;
using RnnCompare.Optimizers;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Migration;

/// <summary>How a migration is meant.</summary>
public sealed record MigrationOptions
{
    /// <summary>How the prototype's arrays are meant; wins over what the file says.</summary>
    public PrototypeOptions Prototype { get; init; } = PrototypeOptions.None;

    /// <summary>The cell, where it is given as equations; null finds it out.</summary>
    public EquationCell? Cell { get; init; }

    /// <summary>The project's name, which is its namespace too.</summary>
    public string Name { get; init; } = "MigratedModel";

    /// <summary>The prototype's optimizer and clipping.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>Whether nobody said how the prototype is trained.</summary>
    public bool TrainingIsAssumed { get; init; } = true;

    /// <summary>Whether files may go into a folder that is not empty.</summary>
    public bool Force { get; init; }

    /// <summary>Whether a prototype that is wrong is migrated too.</summary>
    public bool Anyway { get; init; }
}

/// <summary>A prototype, and what its arrays become.</summary>
/// <param name="Path">The file or folder, as it was named.</param>
/// <param name="Options">How it is meant.</param>
/// <param name="Saved">The prototype.</param>
/// <param name="Table">Which array becomes which parameter.</param>
public sealed record MappedPrototype(string Path, MigrationOptions Options, SavedPrototype Saved, ReportTable Table)
{
    /// <summary>The precision of the model: the lowest of the prototype's weights.</summary>
    public Precision Precision => PrototypeCheck.PrecisionOf(Saved);
}

/// <summary>A prototype that the doctor has seen.</summary>
/// <param name="Prototype">The prototype.</param>
/// <param name="Check">The doctor's findings.</param>
/// <param name="Engines">What the prototype computed, beside both TorchSharp engines.</param>
public sealed record PreparedMigration(MappedPrototype Prototype, CheckResult Check, ReportTable Engines)
{
    /// <summary>How the migration is meant.</summary>
    public MigrationOptions Options => Prototype.Options;

    /// <summary>Whether the prototype is right, or is to be migrated although it is not.</summary>
    public bool IsAllowed => Check.Agrees || Options.Anyway;
}
