using RnnCompare.Equations;
using RnnCompare.Equations.Expressions;
using RnnCompare.Experiments.Migration;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Experiments.Tests.Migration;

/// <summary>Prototypes of cells that are given as equations become projects whose loop is those equations.</summary>
public sealed class StatedCellTests : IDisposable
{
    // Names that C#, the template and TorchSharp's modules have for themselves; a shared vector behind others; stacked weights; numbers.
    private const string Awkward = """
        cell awkward
        size P = H/3
        state load (P + 1), class
        weight größe (H) = 0.5, a ()
        stack V = Va, Vb
        Step   = sigmoid(Va·x + [load; größe]·zeros)
        before = tanh(Vb·x + W2ᵀ·class + I2)
        name   = (Step ⊙ before) / 2 - a * before^3
        class' = name - mean(name) + 0.1
        load'  = tanh([class'[0:P]; sum(name[P:H]) * größe[0:1]] + Hidden + sum([größe[0:H-1]; W3[1:2]]))
        """;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Cells => [.. Directory.GetFiles(Path.Combine(Checkout.Root, "experiments", "cells"), "*.cell").Select(path => Path.GetFileNameWithoutExtension(path)).Order(), "awkward", "functions"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cells))]
    public void Write_ProvesEveryCell(string name)
    {
        var variant = Cells.Select(row => row.Data).ToList().IndexOf(name);
        var cell = new EquationCell(CellEquations.Parse(TextOf(name)));
        var spec = new RnnSpec
        {
            Cell = cell,
            InputSize = 4,
            HiddenSize = 7,
            OutputSize = 3,
            Layers = 1 + (variant % 2),
            Bidirectional = variant % 3 == 0,
            Outputs = variant % 4 == 1 ? OutputMode.LastStep : OutputMode.EveryStep,
            Loss = variant % 5 < 3 ? LossKind.CrossEntropy : LossKind.SquaredError,
        };
        var (file, target) = (_folder.At("network.npz"), _folder.At("Stated"));
        if (variant % 2 == 0)
        {
            SavedNetwork.Write<float>(file, ConventionTable.Canonical, spec, tokens: variant % 3 == 1, lengths: variant % 3 != 2);
        }
        else
        {
            SavedNetwork.Write<double>(file, ConventionTable.Canonical, spec, tokens: variant % 3 == 1, lengths: variant % 3 != 2);
        }

        var mapped = Migrator.Map(file, new() { Cell = cell, Name = "Stated", Training = TrainingChoice.Read(["optimizer=adam", "clipping=norm", "clippingLimit=0.5"]) });
        Migrator.Write(MigratorTests.Examined.Value with { Prototype = mapped }, target);

        var code = ProjectFiles.Sources.ToDictionary(source => source, source => File.ReadAllText(Path.Combine(target, source)));
        Assert.Empty(ProjectProof.Complaints(code));
        Assert.DoesNotContain(code.Values, text => text.Contains("#if", StringComparison.Ordinal) || text.Contains("// </step>", StringComparison.Ordinal));
        Assert.Equal(ArrayFile.Read(Path.Combine(target, "weights.safetensors")).Names.Order(), mapped.Table.Rows.SelectMany(row => row[2].Split(", ")).Order());
    }

    [Fact]
    public void Map_SaysWhatHappensToEachArray()
    {
        var cell = new EquationCell(CellEquations.Parse("cell own\nstate s\nstack V = Va, Vb\na = tanh(Va·x + U·s + b)\nc = sigmoid(Vb·x)\ns' = a ⊙ c\ny = s'·Why + by\n"));
        var file = _folder.At("network.npz");
        SavedNetwork.Write<double>(file, ConventionTable.Canonical, new() { Cell = cell, InputSize = 4, HiddenSize = 7, OutputSize = 3, Loss = LossKind.SquaredError });
        var arrays = ArrayFile.Read(file);
        var stacked = new NamedArrays();
        foreach (var prefix in new[] { "", "d" })
        {
            stacked.Add(prefix + "V", new NdArray<double>([.. arrays.Get<double>(prefix + "Va").Data, .. arrays.Get<double>(prefix + "Vb").Data], 14, 4));
            stacked.Add(prefix + "b", new NdArray<double>(arrays.Get<double>(prefix + "b").Data, 7, 1));
        }

        foreach (var name in arrays.Names.Where(name => name.TrimStart('d') is not ("Va" or "Vb" or "b" or "meta")))
        {
            stacked.Add(name, arrays.Get<double>(name));
        }

        ArrayFile.Write(file, stacked);

        var table = Migrator.Map(file, new() { Cell = cell }).Table;

        Assert.Contains("in the names of the equations of own", table.Title, StringComparison.Ordinal);
        Assert.Equal(
            ["V|(14, 4)|rnn.l0.Va, rnn.l0.Vb|(7, 4)|its rows, cut apart", "U|(7, 7)|rnn.l0.U|(7, 7)|as it is", "b|(7, 1)|rnn.l0.b|(7)|as a vector", "Why|(7, 3)|fc.weight|(3, 7)|transposed", "by|(3)|fc.bias|(3)|as it is"],
            table.Rows.Select(row => string.Join('|', row)));
    }

    // Weights alone are compared on a random batch.
    [Fact]
    public void WeightsAlone_AreMigrated()
    {
        var cell = new EquationCell(CellEquations.Parse(TextOf("lstmp")));
        var file = _folder.At("network.npz");
        SavedNetwork.Write<double>(file, ConventionTable.Canonical, new() { Cell = cell, InputSize = 4, HiddenSize = 7, OutputSize = 3, Layers = 2 });
        var (all, bare) = (ArrayFile.Read(file), new NamedArrays());
        foreach (var name in all.Names.Where(name => name[0] is 'W' or 'b'))
        {
            bare.Add(name, all.Get<double>(name));
        }

        ArrayFile.Write(file, bare);
        var prepared = Migrator.Examine(Migrator.Map(file, new() { Cell = cell }));
        Assert.True(prepared.IsAllowed);
        Assert.Contains("weights and nothing else", string.Join('\n', prepared.Prototype.Table.Notes), StringComparison.Ordinal);
        Migrator.Write(prepared, _folder.At("Out"));
    }

    private static string TextOf(string name) => name switch
    {
        "awkward" => Awkward,
        "functions" => Functions(),
        _ => File.ReadAllText(Path.Combine(Checkout.Root, "experiments", "cells", name + ".cell")),
    };

    // Every function of the language, where each is smooth.
    private static string Functions()
    {
        var values = Function.All.Select((function, i) => $"v{i} = {function.Name}(0.5 + 0.3 * tanh(x·W{i} + h·U{i}))").ToList();
        return $"cell functions\nstate h\n{string.Join('\n', values)}\nh' = tanh(({string.Join(" + ", values.Select((_, i) => $"v{i}"))}) / 12)\n";
    }
}
