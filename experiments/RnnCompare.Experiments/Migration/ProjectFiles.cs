using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnCompare.Bptt;
using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Optimizers;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Migration;

/// <summary>The text files of a migrated project, from the templates.</summary>
internal static class ProjectFiles
{
    private const string Prefix = "template/";
    private const string Tests = "ParityTests.cs";

    /// <summary>The C# files that make the model and compare it; the tests around them need xunit.</summary>
    public static IReadOnlyList<string> Sources { get; } = ["Model.cs", "Batch.cs", "Training.cs", "Parity.cs"];

    // What a file of a project uses for something else.
    private static readonly Lazy<HashSet<string>> TakenNames = new(() =>
    [
        .. MigratedCell.Templates.Concat(Sources.Skip(1)).Append(Tests)
            .SelectMany(file => SyntaxFactory.ParseTokens(string.Join('\n', Read(file).Split('\n').Where(line => !line.StartsWith('#')))))
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText).Where(name => name != SourceTemplate.OwnNamespace),
    ]);

    /// <summary>Whether a project can have a name, which is its namespace too: C# takes it, and no file of the project uses it for something else.</summary>
    public static bool IsFree(string name)
    {
        return SyntaxFacts.IsValidIdentifier(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && !TakenNames.Value.Contains(name);
    }

    /// <summary>The C# files by name.</summary>
    public static IReadOnlyDictionary<string, string> Code(SavedPrototype saved, TrainingOptions training, Precision precision, string name)
    {
        var cell = MigratedCell.Of(saved.Spec.Cell);
        var template = new SourceTemplate(name, Symbols(saved, training, precision).ToHashSet(), Constants(saved, training, precision, cell))
        {
            Blocks = cell.Equations is { } equations ? StatedCell.Blocks(saved.Spec, equations) : new Dictionary<string, IReadOnlyList<string>>(),
        };
        return Sources.Append(Tests).ToDictionary(file => file, file => template.Render(Read(file == "Model.cs" ? cell.Template : file)));
    }

    /// <summary>The files that are the same, or nearly, in every project.</summary>
    public static IReadOnlyDictionary<string, string> Frame(string name) => new Dictionary<string, string>
    {
        [$"{name}.csproj"] = Read("Project.xml"),
        ["global.json"] = Read("global.json"),
        ["build/OlderLibstdcpp.targets"] = Read("OlderLibstdcpp.targets"),
        ["build/RelaxLibstdcppRequirement.cs"] = Read("RelaxLibstdcppRequirement.cs"),
    };

    /// <summary>A template.</summary>
    public static string Read(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + file)
            ?? throw new ArgumentException($"There is no template {file}.", nameof(file));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Whether libtorch 2.10 computes a network wrongly without gradients: a float32 LSTM with H mod 32 in 1 … 16.</summary>
    public static bool IsUnsafeInference(RnnSpec spec, Precision precision)
    {
        return spec.Cell == LstmCell.Instance && precision == Precision.Float32 && spec.HiddenSize % 32 is >= 1 and <= 16;
    }

    /// <summary>Whether the template of the training has an optimizer.</summary>
    public static bool Trains(OptimizerSpec optimizer) => Regex.IsMatch(Read("Training.cs"), $@"\b{SymbolOf(optimizer)}\b");

    private static string SymbolOf(OptimizerSpec optimizer) => optimizer.Name.ToUpperInvariant();

    private static IEnumerable<string> Symbols(SavedPrototype saved, TrainingOptions training, Precision precision)
    {
        (string Symbol, bool Holds)[] symbols =
        [
            ("READ_OUT", TrainedParts.Of(saved).ReadOut),
            ("TABLE", saved.Table is not null),
            ("TOKENS", saved.Batch.Inputs.Tokens is not null),
            ("LENGTHS", saved.Batch.Lengths is not null),
            ("LAST_STEP", saved.Spec.Outputs == OutputMode.LastStep),
            ("CROSS_ENTROPY", saved.Spec.Loss == LossKind.CrossEntropy),
            ("WEIGHTED", saved.Batch.LossWeights is not null),
            ("MEAN", saved.Spec.Reduction == Reduction.Mean),
            ("UNSAFE_INFERENCE", IsUnsafeInference(saved.Spec, precision)),
            (SymbolOf(training.Optimizer), true),
            ("GRU", saved.Spec.Cell.HasCandidateBias && TrainedParts.Of(saved).Candidate),
            ("CLIP_VALUE", training.Clipping is Clipping.ByValue),
            ("CLIP_NORM", training.Clipping is Clipping.ByNorm),
        ];
        return symbols.Where(symbol => symbol.Holds).Select(symbol => symbol.Symbol);
    }

    // The constants of the optimizer have the names of its properties.
    private static Dictionary<string, string> Constants(SavedPrototype saved, TrainingOptions training, Precision precision, MigratedCell cell)
    {
        var (spec, parts) = (saved.Spec, TrainedParts.Of(saved));
        var constants = new Dictionary<string, string>(cell.Constants)
        {
            ["InputSize"] = Literal(spec.InputSize),
            ["HiddenSize"] = Literal(spec.HiddenSize),
            ["OutputSize"] = Literal(spec.OutputSize),
            ["Layers"] = Literal(spec.Layers),
            ["Directions"] = Literal(spec.Directions),
            ["HasBias"] = Literal(parts.Recurrent),
            ["HasOutputBias"] = Literal(parts.Output),
            ["Vocabulary"] = Literal(saved.Table?.Values.Rows ?? 0),
            ["Precision"] = precision == Precision.Float32 ? "ScalarType.Float32" : "ScalarType.Float64",
            ["Steps"] = Literal(ParityRecord<double>.Steps),
        };
        foreach (var property in training.Optimizer.GetType().GetProperties().Where(property => property.PropertyType == typeof(double) || property.PropertyType == typeof(bool)))
        {
            constants[property.Name] = Literal(property.GetValue(training.Optimizer)!);
        }

        if (training.Clipping is Clipping.ByValue or Clipping.ByNorm)
        {
            constants["ClippingLimit"] = Literal(training.Clipping is Clipping.ByValue value ? value.Limit : ((Clipping.ByNorm)training.Clipping).Limit);
        }

        return constants;
    }

    private static string Literal(object value)
    {
        return value is bool flag ? (flag ? "true" : "false") : ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture);
    }
}
