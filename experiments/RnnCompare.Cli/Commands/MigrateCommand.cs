using System.CommandLine;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Cli.Display;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Migration;

namespace RnnCompare.Cli.Commands;

/// <summary><c>rnncompare migrate</c>.</summary>
internal sealed class MigrateCommand : Command, IExplainedCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "What a prototype saved: .npz, .safetensors, or a folder of .npy files." };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The project's folder.", HelpName = "DIR" };
    private readonly Option<string> _name = new("--name") { Description = "The project's name and namespace.", HelpName = "NAME", DefaultValueFactory = _ => new MigrationOptions().Name };
    private readonly Option<string[]> _set = new("--set") { Description = "How the prototype is trained: an optimizer key of rnncompare run, and its value.", HelpName = "KEY=VALUE" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show which array becomes which parameter, and stop." };
    private readonly Option<bool> _anyway = new("--anyway") { Description = "Migrate a prototype that is wrong, too: the model is then right, and its README says what was not." };
    private readonly Option<bool> _force = new("--force") { Description = "Write into a folder that is not empty." };
    private readonly PrototypeChoices _choices;
    private readonly TextWriter _writer;

    private MigrateCommand(TextWriter writer)
        : base("migrate", "Turns a hand-written prototype into a TorchSharp project, and proves that it is the same network.")
    {
        _writer = writer;
        Add(_file);
        _choices = new(this, takesEquations: true);
        foreach (var option in new Option[] { _output, _name, _set, _dryRun, _anyway, _force })
        {
            Add(option);
        }

        SetAction(Run);
    }

    /// <inheritdoc/>
    public string Explanation => $"""
        FILE is what rnncompare check takes. The project holds the model (nn.RNN, nn.LSTM or nn.GRU with nn.Linear where that is the
        same function, an explicit loop where it is not, such as a cell that --equations states), its training, the weights in two formats, and tests that compare outputs,
        gradients and training steps with the prototype's. It refers to TorchSharp-cpu and xunit.v3 and to nothing else.

        Keys of --set: {string.Join(", ", TrainingChoice.Keys)}.

        Examples:
          rnncompare migrate prototype.npz --dry-run
          rnncompare migrate prototype.npz -o Migrated
          rnncompare migrate prototype.npz -o Migrated --equations experiments/cells/mgu.cell
          rnncompare migrate prototype.npz -o Migrated --set optimizer=sgd --set learningRate=0.02 --set clipping=value --set clippingLimit=1

        Exit codes: 0 the project is written and proven; 1 the prototype is wrong, and nothing is written; 2 the file, the folder or an
        option cannot be used.
        """;

    public static MigrateCommand Create(TextWriter writer) => new(writer);

    private int Run(ParseResult parsed)
    {
        var folder = parsed.GetValue(_output);
        var set = parsed.GetValue(_set) ?? [];
        var options = new MigrationOptions
        {
            Prototype = _choices.Read(parsed),
            Cell = _choices.ReadCell(parsed),
            Name = ProjectName(parsed.GetRequiredValue(_name)),
            Training = TrainingChoice.Read(set),
            TrainingIsAssumed = set.Length == 0,
            Force = parsed.GetValue(_force),
            Anyway = parsed.GetValue(_anyway),
        };
        var isDry = parsed.GetValue(_dryRun);
        if (!isDry)
        {
            Migrator.RequireFolder(folder ?? throw new InputException("--output is missing: expected the project's folder, or --dry-run."), options);
        }

        var (screen, mapping) = (new Screen(_writer), Migrator.Map(parsed.GetRequiredValue(_file), options));
        screen.Show(mapping.Table);
        if (isDry)
        {
            return ExitCodes.Success;
        }

        var migration = Migrator.Examine(mapping);
        _writer.WriteLine();
        screen.Show(migration.Engines);
        _writer.WriteLine();
        _writer.WriteLine(DiagnosisText.Verdict(mapping.Path, migration.Check.Diagnosis));
        if (!migration.Check.Agrees)
        {
            foreach (var line in DiagnosisText.Findings(migration.Check.Diagnosis))
            {
                _writer.WriteLine(line);
            }
        }

        if (!migration.IsAllowed)
        {
            _writer.WriteLine("Nothing was written. --anyway migrates the right network in the wrong one's place, and says so.");
            return ExitCodes.Finding;
        }

        Migrator.Write(migration, folder!);
        _writer.WriteLine($"{folder}: the project {options.Name}. What was written was compiled and run: outputs, states, loss, every gradient and the weights after {Migrator.Steps} training steps are the prototype's to within rounding. `dotnet test` in the folder says it again.");
        return ExitCodes.Success;
    }

    private static string ProjectName(string name)
    {
        return Migrator.IsFree(name)
            ? name
            : throw new InputException($"--name is '{name}', expected a name that C# takes for a namespace and that no file of the project uses for something else, such as {new MigrationOptions().Name}.");
    }
}
