using RnnCompare.Checking.Comparison;
using RnnCompare.Experiments.Check;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Migration;

/// <summary>Turns a prototype into a TorchSharp project, with proof.</summary>
public static class Migrator
{
    /// <summary>How many training steps are compared.</summary>
    public const int Steps = ParityRecord<double>.Steps;

    /// <summary>Whether a project can have a name, which is its namespace too: C# takes it, and no file of the project uses it for something else.</summary>
    public static bool IsFree(string name) => ProjectFiles.IsFree(name);

    /// <summary>Reads a prototype and maps its arrays.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="options">How it is meant.</param>
    /// <exception cref="InputException">The file cannot be checked, or its network cannot be migrated.</exception>
    public static MappedPrototype Map(string path, MigrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var arrays = InputFile.ReadArrays(path);
        var isBare = NetworkWeights.IsBare(arrays);
        var saved = GivenAdjoint.AsTargets(PrototypeFile.Read(path, isBare ? DrawnBatch.AddTo(arrays, path, options) : arrays, options.Prototype, options.Cell));
        var table = MappingTable.Of(saved);
        return new(path, options, saved, isBare ? table with { Notes = [.. table.Notes, DrawnBatch.Note] } : table);
    }

    /// <summary>Asks the doctor, and compares the prototype with both TorchSharp engines.</summary>
    /// <exception cref="InputException">The prototype cannot be checked.</exception>
    public static PreparedMigration Examine(MappedPrototype prototype)
    {
        ArgumentNullException.ThrowIfNull(prototype);
        var check = PrototypeCheck.Check(prototype.Path, prototype.Saved);
        return new(prototype, check, EngineTable.Of(prototype.Saved, prototype.Precision, check.Residue));
    }

    /// <summary>Makes sure that a project may be written, before anything is computed.</summary>
    /// <exception cref="InputException">The folder is not empty and nobody said that this is meant.</exception>
    public static void RequireFolder(string folder, MigrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        TargetFolder.Require(folder, options.Force);
    }

    /// <summary>Writes the project and proves it: what was written is compiled, run, and compared with the prototype.</summary>
    /// <param name="migration">What was prepared.</param>
    /// <param name="folder">The project's folder; it is there whole, or not at all.</param>
    /// <exception cref="InputException">The folder cannot be written, or the model is not the prototype; the message names the tensor.</exception>
    public static void Write(PreparedMigration migration, string folder)
    {
        ArgumentNullException.ThrowIfNull(migration);
        TargetFolder.Create(folder, migration.Options.Force, temporary =>
        {
            Write(temporary, migration);
            var problems = ProjectProof.Run(temporary, migration.Options.Name);
            if (problems.Count > 0)
            {
                throw new InputException($"{folder}: nothing was written, since the model is not the prototype: {string.Join("; ", problems.Take(3))}.");
            }
        });
    }

    private static void Write(string folder, PreparedMigration migration)
    {
        var (saved, options, precision) = (migration.Prototype.Saved, migration.Options, migration.Prototype.Precision);
        var texts = ProjectFiles.Code(saved, options.Training, precision, options.Name)
            .Concat(ProjectFiles.Frame(options.Name))
            .Append(new("README.md", ProjectReadme.Of(migration)));
        foreach (var (name, text) in texts)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        var weights = precision == Precision.Float32 ? ModelState.Of(saved.Weights.Convert<float>(), TrainedParts.Of(saved), saved.Table?.Values.Convert<double, float>()) : ModelState.Of(saved.Weights, TrainedParts.Of(saved), saved.Table?.Values);
        ArrayFile.Write(Path.Combine(folder, "weights.safetensors"), weights);
        ArrayFile.Write(Path.Combine(folder, "weights.dat"), weights);
        ArrayFile.Write(Path.Combine(folder, "parity.dat"), Record(migration));
    }

    private static NamedArrays Record(PreparedMigration migration)
    {
        // Above a residue, it is the right values that the model is held to.
        var agreeing = migration.Check.Diagnosis.Tensors.Where(tensor => tensor.Agrees && migration.Check.Residue is null).Select(tensor => tensor.Name).ToHashSet();
        var saved = migration.Prototype.Saved;
        return migration.Prototype.Precision == Precision.Float32
            ? ParityRecord<float>.Create(saved, agreeing, migration.Options.Training)
            : ParityRecord<double>.Create(saved, agreeing, migration.Options.Training);
    }
}
