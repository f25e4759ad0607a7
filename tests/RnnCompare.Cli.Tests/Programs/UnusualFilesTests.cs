using RnnCompare.Cells;
using RnnCompare.Cli.Commands;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Cli.Tests.Programs;

/// <summary>Files of the same programs, saved a little otherwise.</summary>
public sealed class UnusualFilesTests : IDisposable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Programs", "saved");

    private readonly string _folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // One text in place of inputs and targets; targets that begin with the first input.
    [Theory]
    [InlineData(true, "tokens (8) is (T); cross-entropy at every step, summed; a step's target is the next element of tokens")]
    [InlineData(false, "inputs (7) is (T); cross-entropy at every step, summed; a step's target is the next element of targets")]
    public void TargetsShiftedByOne_AreFound(bool isOneText, string reading)
    {
        var arrays = new NamedArrays();
        foreach (var (name, array) in ArrayFile.Read(Path.Combine(Folder, "char_rnn.npz")).Where(entry => entry.Key != "targets" && !(isOneText && entry.Key == "inputs")))
        {
            Add(arrays, name, array);
        }

        var saved = ArrayFile.Read(Path.Combine(Folder, "char_rnn.npz"));
        arrays.Add(isOneText ? "tokens" : "targets", new NdArray<long>([saved.Get<long>("inputs").Data[0], .. saved.Get<long>("targets").Data], 8));

        var run = Check(arrays);
        Assert.True(run.Code == ExitCodes.Success, run.Output + run.Error);
        Assert.Contains(reading, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryGradientThatIsNotThere_IsSaid()
    {
        var arrays = new NamedArrays();
        foreach (var (name, array) in ArrayFile.Read(Path.Combine(Folder, "stacked_gates.npz")).Where(entry => entry.Key is not ("dU" or "dby")))
        {
            Add(arrays, name, array);
        }

        var run = Check(arrays);
        Assert.Contains("3 of 5 gradients of weights were there to check", run.Output, StringComparison.Ordinal);
        Assert.Contains("Not checked, because not given: h, dh, dx, dh0, dc0, dU, dby", run.Output, StringComparison.Ordinal);
    }

    // The order that was said, and the one that the first state shows.
    [Fact]
    public void AnOrderThatTheShapesContradict_IsNamedBesideTheirs()
    {
        var arrays = ArrayFile.Read(Path.Combine(Folder, "stacked_rnn.npz")).Copy();
        arrays.Add("h0", new NdArray<double>(2, 2, 5));
        Assert.True(Check(arrays).Code == ExitCodes.Success);
        Check(arrays, "--batch-first", "true").RequireRefusal("batch_first true was said, so that x (6, 2, 3) would be (B, T, …), but the shapes of the other arrays show that it is (T, B, …).");
    }

    // Weights and states of all layers in one array each: (L, H, I), (L, H), (L, T, B, H).
    [Fact]
    public void LayersInOneArray_AreReadAndChecked()
    {
        var spec = new RnnSpec { Cell = RnnCell.Tanh, InputSize = 4, HiddenSize = 4, OutputSize = 3, Layers = 2, Loss = LossKind.SquaredError, Reduction = Reduction.Sum };
        var (weights, batch) = (Samples.Weights<double>(spec, seed: 4), Samples.Batch<double>(spec, steps: 5, batchSize: 2, seed: 5, initialState: false));
        using var engine = new ManualEngine<double>(weights);
        var (forward, gradients) = (engine.Forward(batch), engine.Gradients(batch));
        var states = SavedPrototype.StatesOfAllLayers(weights, batch);
        var arrays = new NamedArrays { { "x", batch.Inputs.Values! }, { "target", batch.Targets!.Values! }, { "y", forward.Outputs }, { "hs", states }, { "loss", new NdArray<double>([gradients.Loss]) } };
        foreach (var (prefix, values) in new[] { ("", weights), ("d", gradients.Weights) })
        {
            arrays.Add(prefix + "Wx", new NdArray<double>([.. values["Wxh"].Data, .. values["Wxh.1"].Data], 2, 4, 4));
            arrays.Add(prefix + "Wh", new NdArray<double>([.. values["Whh"].Data, .. values["Whh.1"].Data], 2, 4, 4));
            arrays.Add(prefix + "b", new NdArray<double>([.. values["bh"].Data, .. values["bh.1"].Data], 2, 4));
            arrays.Add(prefix + "Wy", values.Why);
            arrays.Add(prefix + "by", values.by);
        }

        var right = Check(arrays);
        states.Data[3] += 1e-9;
        var wrong = Check(arrays);

        Assert.True(right.Code == ExitCodes.Success, right.Output + right.Error);
        Assert.Contains("2 layers of tanh", right.Output, StringComparison.Ordinal);
        Assert.Contains("| dWh.1 ", right.Output, StringComparison.Ordinal);
        Assert.True(wrong.Code == ExitCodes.Finding, wrong.Output + wrong.Error);
        Assert.Contains("(hs)", wrong.Output, StringComparison.Ordinal);
    }

    // Losses as NumPy may have them: most significant byte first, in half, single and extended precision, or as an array of one element.
    [Theory]
    [InlineData(">f8", "")]
    [InlineData(">f4", "")]
    [InlineData("f2", "")]
    [InlineData("longdouble", "")]
    [InlineData("f8", "[None]")]
    public void LossesOfEveryKind_AreRead(string type, string shape)
    {
        Assert.SkipUnless(NumPy.IsThere, NumPy.Missing);
        var path = Path.Combine(_folder, "loss.npz");
        var (code, _, error) = NumPy.Run("-c", $"import numpy as np, sys; d = dict(np.load(sys.argv[1])); d['loss'] = d['loss'].astype('{type}'){shape}; np.savez(sys.argv[2], **d)", Path.Combine(Folder, "stacked_gates.npz"), path);
        Assert.True(code == 0, error);
        var run = CommandRun.Of("check", path);
        Assert.True(run.Code == ExitCodes.Success, run.Output + run.Error);
        Assert.Contains("agrees: 7 arrays", run.Output, StringComparison.Ordinal);
    }

    private static void Add(NamedArrays arrays, string name, StoredArray array)
    {
        var bytes = array.Bytes();
        int[] shape = [.. array.Shape];
        if (array.ElementType == ElementType.Int64)
        {
            arrays.Add(name, new NdArray<long>([.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(bytes).ToArray()], shape));
        }
        else
        {
            arrays.Add(name, new NdArray<double>([.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(bytes).ToArray()], shape));
        }
    }

    private CommandRun Check(NamedArrays arrays, params string[] options)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():n}.npz");
        ArrayFile.Write(path, arrays);
        return CommandRun.Of(["check", path, .. options]);
    }
}
