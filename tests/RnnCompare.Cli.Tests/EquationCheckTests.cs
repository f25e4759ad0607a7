using RnnCompare.Cells;
using RnnCompare.Cli.Commands;
using RnnCompare.Engines;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Cli.Tests;

/// <summary>A prototype of a cell of one's own, given as equations, gets a verdict.</summary>
public sealed class EquationCheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    public static TheoryData<string> Cells => [.. Directory.GetFiles(Path.Combine(Checkout.Root, "experiments", "cells"), "*.cell").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Theory]
    [MemberData(nameof(Cells))]
    public void Check_AgreesWithRightGradientsOfEveryShippedCell(string cell)
    {
        var run = CommandRun.Of("check", Save(Write(Spec(cell))), "--equations", PathOf(cell));
        Assert.Equal((ExitCodes.Success, ""), (run.Code, run.Error));
        Assert.Contains("agrees: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("the gradients of all weights among them", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lstmp", 2, true, OutputMode.LastStep, LossKind.SquaredError, true)]
    [InlineData("sigmoid-rnn", 1, false, OutputMode.LastStep, LossKind.CrossEntropy, true)]
    [InlineData("clockwork", 2, false, OutputMode.EveryStep, LossKind.SquaredError, false)]
    public void Check_KnowsLayersDirectionsLengthsAndLosses(string cell, int layers, bool bidirectional, OutputMode outputs, LossKind loss, bool lengths)
    {
        var spec = Spec(cell) with { Layers = layers, Bidirectional = bidirectional, Outputs = outputs, Loss = loss };
        var run = CommandRun.Of("check", Save(Write(spec, lengths: lengths)), "--cell", PathOf(cell));
        Assert.Equal((ExitCodes.Success, ""), (run.Code, run.Error));
    }

    [Theory]
    [InlineData("mgu", "dWf", 0.5, "yours: dWf += 0.5 ⊙ (hxᵀ·df)")]
    [InlineData("peephole-lstm", "dpi", 0, "statement left out in dpi.")]
    [InlineData("sru", "dx", -1, "sign turned in dx.")]
    [InlineData("lstmp", "dr0", 7, "dr0 is 7 times the right one.")]
    [InlineData("sigmoid-rnn", "dWhy", 0.01, "dWhy is 0.01 times the right one (a learning rate?).")]
    public void Check_SaysWhichArrayIsWrongAndHow(string cell, string array, double factor, string finding)
    {
        var arrays = Write(Spec(cell));
        var wrong = new NdArray<double>([.. arrays.Get<double>(array).Data.Select(value => factor * value)], [.. arrays[array].Shape]);
        var path = Save(arrays.With(array, wrong));
        var run = CommandRun.Of("check", path, "--equations", PathOf(cell));
        Assert.Equal((ExitCodes.Finding, ""), (run.Code, run.Error));
        Assert.Contains($" wrong ({array});", run.Output, StringComparison.Ordinal);
        Assert.True(run.Output.Contains(finding, StringComparison.Ordinal), run.Output);
    }

    [Fact]
    public void Check_SaysWhichRowIsWrong()
    {
        var arrays = Write(Spec("mgu"));
        var wrong = arrays.Get<double>("dWn").Clone();
        wrong.Row(3)[2] += 0.1;
        var run = CommandRun.Of("check", Save(arrays.With("dWn", wrong)), "--equations", PathOf("mgu"));
        Assert.Contains("dWn is wrong in row 3 only.", run.Output, StringComparison.Ordinal);
        Assert.Contains("dWn is wrong in column 2 only.", run.Output, StringComparison.Ordinal);
        Assert.Contains("Farthest off: dWn, where dWn[3,2] is ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ReadsStackedWeightsAndOtherSpellings()
    {
        var cell = Path.Combine(_folder, "own.cell");
        File.WriteAllText(cell, "cell own\nstate s\nstack W = Wa, Wb\na = tanh(Wa·x + U_a·s)\nb = sigmoid(Wb·x)\ns' = a ⊙ b\n");
        var arrays = Write(Spec("own") with { Cell = new EquationCell(CellEquations.Parse(File.ReadAllText(cell))) });
        var renamed = new NamedArrays();
        foreach (var prefix in new[] { "", "d" })
        {
            renamed.Add(prefix + "W", new NdArray<double>([.. arrays.Get<double>(prefix + "Wa").Data, .. arrays.Get<double>(prefix + "Wb").Data], 12, 4));
            renamed.Add(prefix + "Ua", arrays.Get<double>(prefix + "U_a"));
        }

        foreach (var name in arrays.Names.Where(name => name is not ("meta" or "Wa" or "Wb" or "dWa" or "dWb" or "U_a" or "dU_a" or "targets" or "s0")))
        {
            renamed.Add(name, arrays.Get<double>(name));
        }

        renamed.Add("targets", arrays.Get<long>("targets"));
        renamed.Add("s_prev", arrays.Get<double>("s0"));
        var run = CommandRun.Of("check", Save(renamed), "--equations", cell);
        Assert.Equal((ExitCodes.Success, ""), (run.Code, run.Error));
        Assert.Contains("dUa", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_RefusesWhatDoesNotFitTheEquationsInOneLine()
    {
        var right = Write(Spec("mgu"));
        var f = right.Get<double>("Wf");
        Refuse(right.With("Wf", null), "Wf (H+I, H), a weight of the equations, is missing; found ");
        Refuse(right.With("Wf", f.Transpose()), "Wf is (6, 10), but in the equations it is (H+I, H) = (10, 6). It would fit the other way round");
        Refuse(right.With("Why", right.Get<double>("Why").Transpose()), "Why is (6, 3), but in the equations it is (O, 6), with 6 elements of h.");
        Refuse(right.With("targets", null), "has no targets that fit x (5, 2, 4)");
        Refuse(right.With("x", null), "x (T, B, I), what enters the cell, is missing; found ");
        right.Add("dWg", new NdArray<double>(10, 6));
        Refuse(right, "dWg looks like a gradient");
        CommandRun.Of("check", Save(right), "--equations", PathOf("mgu"), "--cell", "lstm").RequireRefusal("--cell: the equations of ");
        CommandRun.Of("check", Save(right), "--equations", "mgu").RequireRefusal("Unknown cell 'mgu', and no file has th");

        void Refuse(NamedArrays arrays, string message) => CommandRun.Of("check", Save(arrays), "--equations", PathOf("mgu")).RequireRefusal(message);
    }

    [Theory]
    [InlineData("lstmp", "--layers 2 --bidirectional --lengths")]
    [InlineData("mgu", "--precision float32 --loss squared-error")]
    public void Probe_OfEquations_IsReadAgain(string cell, string options)
    {
        var path = Path.Combine(_folder, "probe.npz");
        var run = CommandRun.Of(["probe", "--equations", PathOf(cell), "--output", path, .. options.Split(' ')]);
        Assert.Equal((ExitCodes.Success, ""), (run.Code, run.Error));
        Assert.StartsWith($"{path}: {cell} in the names of its equations, float", run.Output, StringComparison.Ordinal);
        CommandRun.Of("check", path, "--equations", PathOf(cell)).RequireRefusal("there is nothing to check; expected gradients such as dW");
    }

    [Theory]
    [InlineData("flow experiments/configs/adding.json --lengths 6 --set hiddenSize=5 --cells", "Gates")]
    [InlineData("run experiments/configs/adding.json --set steps=3 --set hiddenSize=5 --set sequenceLength=6 --set batchSize=2 --set engines=manual,autograd,fused --set cells=", "equations loss")]
    [InlineData("speed --points 1 --seconds 0.01 --cells", "Whole training steps, ugrnn")]
    public void Commands_TakeAFileWhereTheyTakeACell(string command, string expected)
    {
        string[] words = [.. command.Split(' ').Select(word => word.StartsWith("experiments", StringComparison.Ordinal) ? Path.Combine(Checkout.Root, word) : word)];
        string[] line = words[^1] == "cells=" ? [.. words[..^1], "cells=" + PathOf("ugrnn"), "--output", Path.Combine(_folder, "run")] : [.. words, PathOf("ugrnn")];
        var run = CommandRun.Of(line);
        Assert.True(run.Code == ExitCodes.Success, run.Error);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RefusesAnInitializerThatCannotFillTheCellsWeights()
    {
        CommandRun.Of("run", Path.Combine(Checkout.Root, "experiments/configs/adding.json"), "--set", "initializer=spectral-radius", "--set", "cells=" + PathOf("mgu"), "--output", Path.Combine(_folder, "run"))
            .RequireRefusal("initializer is spectral-radius, which cannot fill the weights of mgu: Only a square matrix has a spectral radius");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Save(NamedArrays arrays)
    {
        var path = Path.Combine(_folder, "prototype.npz");
        ArrayFile.Write(path, arrays);
        return path;
    }

    private static string PathOf(string cell) => Path.Combine(Checkout.Root, "experiments", "cells", cell + ".cell");

    private static RnnSpec Spec(string cell)
    {
        RecurrentCell own = File.Exists(PathOf(cell)) ? new EquationCell(CellEquations.Parse(File.ReadAllText(PathOf(cell)))) : RnnCell.Tanh;
        return new() { Cell = own, InputSize = 4, HiddenSize = 6, OutputSize = 3 };
    }

    // What a right prototype of the cell would save, beside what it computes on the way.
    private static NamedArrays Write(RnnSpec spec, bool lengths = false)
    {
        var equations = ((EquationCell)spec.Cell).Equations;
        var weights = Samples.Weights<double>(spec, 5);
        var batch = Samples.Batch<double>(spec, steps: 5, batchSize: 2, seed: 7, lengths: lengths);
        if (equations.ReadOut.Bias is null)
        {
            weights.by.Span.Clear();
        }

        using var engine = new EquationsEngine<double>(weights);
        var (forward, result) = (engine.Forward(batch), engine.Gradients(batch));
        var writer = EquationWriter.Create(weights, batch);
        writer.AddGradients(result.Weights);
        writer.Arrays.Add("loss", new NdArray<double>([result.Loss]));
        writer.Arrays.Add("y", forward.Outputs);
        writer.Arrays.Add("dx", result.Inputs!);
        if (spec.Layers * spec.Directions == 1)
        {
            writer.Arrays.Add(equations.States[0].Name, forward.Hidden);
            writer.Arrays.Add($"d{equations.States[0].Name}0", result.InitialState.Hidden);
            writer.Arrays.Add(equations.Step.Forward[0].Name == equations.States[0].Name ? "unknown" : equations.Step.Forward[0].Name, new NdArray<double>(5, 2, 6));
        }

        return writer.Arrays;
    }
}
