using RnnCompare.Cells;
using RnnCompare.Experiments.Migration;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Experiments.Tests.Migration;

public sealed class MigratorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // Each of the others has its turn with every cell.
    private static readonly string[][] Trainings =
    [
        ["optimizer=sgd", "learningRate=0.05", "momentum=0.9", "clipping=none"],
        ["optimizer=adagrad", "learningRate=0.1", "clipping=value", "clippingLimit=0.02"],
        ["optimizer=rmsprop", "learningRate=0.01", "centered=true", "clipping=norm", "clippingLimit=0.5"],
        ["optimizer=adam", "learningRate=0.01", "amsGrad=true", "clipping=none"],
        ["optimizer=adamw", "learningRate=0.01", "weightDecay=0.1", "clipping=norm", "clippingLimit=0.1"],
    ];

    // The doctor has tests of its own, and takes most of the time: one examination serves all networks.
    internal static Lazy<PreparedMigration> Examined { get; } = new(() =>
    {
        using var folder = new TemporaryFolder();
        SavedNetwork.Write<double>(folder.At("network.npz"), ConventionTable.Torch, Spec("tanh", 1, false));
        return Migrator.Examine(Migrator.Map(folder.At("network.npz"), new()));
    });

    // Every cell in every stack; each cell and each stack in either precision.
    public static TheoryData<string, int, bool, string> Networks()
    {
        var data = new TheoryData<string, int, bool, string>();
        foreach (var (i, cell) in CellTable.All.Index())
        {
            foreach (var (layers, bidirectional) in new[] { (1, false), (1, true), (2, false), (2, true) })
            {
                data.Add(cell.Name, layers, bidirectional, (i + layers + (bidirectional ? 1 : 0)) % 2 == 0 ? "float32" : "float64");
            }
        }

        return data;
    }

    public static TheoryData<string> Conventions => [.. ConventionTable.All.Select(convention => convention.Name)];

    public void Dispose() => _folder.Dispose();

    // The project is written, compiled, and run: outputs, gradients and training steps against the prototype's.
    [Theory]
    [MemberData(nameof(Networks))]
    public void Write_ProvesEveryNetwork(string cell, int layers, bool bidirectional, string precision)
    {
        var variant = (CellTable.All.ToList().FindIndex(row => row.Name == cell) * 3) + (layers * 2) + (bidirectional ? 1 : 0) + (precision == "float32" ? 5 : 0);
        var spec = Spec(cell, layers, bidirectional) with
        {
            Outputs = variant % 3 == 0 ? OutputMode.LastStep : OutputMode.EveryStep,
            Loss = variant % 2 == 0 ? LossKind.SquaredError : LossKind.CrossEntropy,
            Reduction = variant % 4 < 2 ? Reduction.Sum : Reduction.Mean,
        };
        var (tokens, lengths, state) = (variant % 5 == 1, variant % 3 != 1, variant % 4 != 3);
        var file = _folder.At("network.npz");
        if (precision == "float32")
        {
            SavedNetwork.Write<float>(file, ConventionTable.Torch, spec, tokens, lengths, state);
        }
        else
        {
            SavedNetwork.Write<double>(file, ConventionTable.Torch, spec, tokens, lengths, state);
        }

        var options = new MigrationOptions { Training = TrainingChoice.Read(Trainings[variant % Trainings.Length]), Name = "Proven" };
        Migrator.Write(Examined.Value with { Prototype = Migrator.Map(file, options) }, _folder.At("Proven"));

        var code = ProjectFiles.Sources.ToDictionary(name => name, name => File.ReadAllText(Path.Combine(_folder.At("Proven"), name)));
        Assert.Empty(ProjectProof.Complaints(code));
        Assert.DoesNotContain(code.Values, text => text.Contains("#if", StringComparison.Ordinal) || text.Contains("MigratedModel", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void Write_ProvesAPrototypeOfEveryConvention(string name)
    {
        var file = _folder.At("network.npz");
        SavedNetwork.Write<double>(file, ConventionTable.Named(name), Spec("gru", 1, false));
        var mapped = Migrator.Map(file, new());

        Migrator.Write(Examined.Value with { Prototype = mapped }, _folder.At("Out"));

        Assert.Equal(name, mapped.Saved.Convention.Name);
        Assert.Equal(mapped.Saved.Layout.Places.Select(place => place.Array), mapped.Table.Rows.Select(row => row[0]).Where(array => array != "–"));
        Assert.Contains("| rnn.weight_hh_l0 | (21, 7) |", File.ReadAllText(Path.Combine(_folder.At("Out"), "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Map_SaysWhatHappensToEachArray()
    {
        var file = _folder.At("network.npz");
        SavedNetwork.Write<double>(file, ConventionTable.Keras, Spec("gru", 1, false), tokens: true);
        var mapped = Migrator.Map(file, new());

        Assert.Equal(
            [
                "kernel|(4, 21)|rnn.weight_ih_l0|(21, 4)|transposed; gates z, r, n to r, z, n",
                "recurrent_kernel|(7, 21)|rnn.weight_hh_l0|(21, 7)|transposed; gates z, r, n to r, z, n",
                "bias|(2, 21)|rnn.bias_ih_l0|(21)|gates z, r, n to r, z, n; row 0",
                "bias|(2, 21)|rnn.bias_ih_l0|(21)|gates z, r, n to r, z, n; row 1, added to it: only the sum of two biases has a meaning, and one of them is trained",
                "bias|(2, 21)|rnn.bias_hh_l0|(21)|gates z, r, n to r, z, n; row 1; the candidate's rows 14 to 20; the others are zero and not trained",
                "dense/kernel|(7, 3)|fc.weight|(3, 7)|transposed",
                "dense/bias|(3)|fc.bias|(3)|as it is",
            ],
            mapped.Table.Rows.Select(row => string.Join('|', row)));
        Assert.Contains(mapped.Table.Notes, note => note.Contains("one-hot vectors of 4 elements", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_OfAWrongPrototype_HoldsTheRightValues_AndSaysSo()
    {
        var file = _folder.At("network.npz");
        SavedNetwork.Write<double>(file, ConventionTable.Row, Spec("tanh", 1, false), mistake: gradients => gradients.Weights.Whh.Span.Clear());
        var migration = Migrator.Examine(Migrator.Map(file, new() { Anyway = true }));

        Assert.False(migration.Check.Agrees);
        Migrator.Write(migration, _folder.At("Out"));
        Assert.Contains("it does not reproduce the prototype's mistake", File.ReadAllText(Path.Combine(_folder.At("Out"), "README.md")), StringComparison.Ordinal);
    }

    // Weights, or the record, of something else: the proof names tensor and element.
    [Theory]
    [InlineData("weights.dat", "fc.bias", "forward outputs[")]
    [InlineData("parity.dat", "gradient/rnn.weight_hh_l0", "gradient rnn.weight_hh_l0[3, 2] is ")]
    [InlineData("parity.dat", "trained/rnn.bias_ih_l0", "trained rnn.bias_ih_l0[3] is ")]
    public void Proof_NamesTensorAndElement(string file, string array, string message)
    {
        var (folder, saved) = (_folder.At("Out"), _folder.At("network.npz"));
        SavedNetwork.Write<double>(saved, ConventionTable.Torch, Spec("lstm", 1, false));
        Migrator.Write(Examined.Value with { Prototype = Migrator.Map(saved, new()) }, folder);
        Assert.Empty(ProjectProof.Run(folder, "MigratedModel"));

        var path = Path.Combine(folder, file);
        var arrays = ArrayFile.Read(path);
        var values = arrays.Get<double>(array);
        values.Data[values.Rank == 1 ? values.Length == 28 ? 3 : 0 : (3 * values.Columns) + 2] += 1e-10;
        ArrayFile.Write(path, arrays);

        var problems = ProjectProof.Run(folder, "MigratedModel");
        Assert.Contains(problems, problem => problem.StartsWith(message, StringComparison.Ordinal) && problem.Contains(" times what rounding does, more than 16", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_LeavesNothingBehindWhereTheProofFails()
    {
        var parent = Directory.CreateDirectory(_folder.At("parent")).FullName;
        var target = Path.Combine(parent, "Out");
        Assert.Throws<InputException>(() => TargetFolder.Create(target, force: false, folder =>
        {
            File.WriteAllText(Path.Combine(folder, "Model.cs"), "");
            throw new InputException("not proven");
        }));
        Assert.Empty(Directory.EnumerateFileSystemEntries(parent));
    }

    [Fact]
    public void Create_WritesIntoAFolderThatIsNotEmptyOnlyWhenForced()
    {
        var target = Directory.CreateDirectory(_folder.At("Out")).FullName;
        TargetFolder.Create(target, force: false, folder => File.WriteAllText(Path.Combine(folder, "a"), "1"));
        File.WriteAllText(Path.Combine(target, "mine"), "kept");

        Assert.Contains("is not empty", Assert.Throws<InputException>(() => TargetFolder.Create(target, force: false, _ => { })).Message, StringComparison.Ordinal);
        TargetFolder.Create(target, force: true, folder =>
        {
            Directory.CreateDirectory(Path.Combine(folder, "build"));
            File.WriteAllText(Path.Combine(folder, "build", "b"), "2");
            File.WriteAllText(Path.Combine(folder, "a"), "3");
        });

        Assert.Equal(("3", "2", "kept"), (File.ReadAllText(Path.Combine(target, "a")), File.ReadAllText(Path.Combine(target, "build", "b")), File.ReadAllText(Path.Combine(target, "mine"))));
        Assert.Single(Directory.EnumerateDirectories(Path.GetDirectoryName(target)!), folder => folder.StartsWith(target, StringComparison.Ordinal));
    }

    // As they stand, without a symbol: what an editor sees.
    [Theory]
    [InlineData("Models/Rnn.cs")]
    [InlineData("Models/Lstm.cs")]
    [InlineData("Models/Gru.cs")]
    [InlineData("Models/GruResetBefore.cs")]
    [InlineData("Models/Equations.cs")]
    public void Template_CompilesByItself(string model)
    {
        Assert.Empty(ProjectProof.Complaints(ProjectFiles.Sources.ToDictionary(name => name, name => ProjectFiles.Read(name == "Model.cs" ? model : name))));
    }

    [Fact]
    public void Project_NamesTheSamePackagesAsThisRepository()
    {
        var project = ProjectFiles.Read("Project.xml");
        foreach (var line in File.ReadLines(Path.Combine(Checkout.Root, "Directory.Packages.props")).Where(line => line.Contains("\"TorchSharp-cpu\"", StringComparison.Ordinal) || line.Contains("\"xunit.v3\"", StringComparison.Ordinal)))
        {
            Assert.Contains(line.Trim().Replace("PackageVersion", "PackageReference", StringComparison.Ordinal), project, StringComparison.Ordinal);
        }
    }

    private static RnnSpec Spec(string cell, int layers, bool bidirectional) => new()
    {
        Cell = CellTable.Named(cell),
        InputSize = 4,
        HiddenSize = 7,
        OutputSize = 3,
        Layers = layers,
        Bidirectional = bidirectional,
    };
}
