using RnnCompare.Cli.Commands;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Cli.Tests.Programs;

/// <summary>The file that people drop beside their programs.</summary>
public sealed class SaveTests : IDisposable
{
    private const string Program = """
        import sys
        sys.path.insert(0, sys.argv[1])
        import numpy as np
        from rnncompare_save import save

        class Layer: pass
        class Tensor:
            def __init__(self, a, grad=None): self.a, self.grad = a, grad
            def detach(self): return self
            def cpu(self): return self
            def numpy(self): return self.a

        params, grads = {"Wxh": np.ones((2, 3)), "bh": np.zeros(2)}, {"Wxh": np.full((2, 3), 5.0), "bh": np.zeros(2)}
        hs = {-1: np.zeros((2, 1)), 0: np.ones((2, 1)), 1: np.ones((2, 1))}
        W, xs, inputs, loss, layer = [np.ones((2, 2)), np.ones((2, 2))], [np.ones((3, 1)), np.ones((3, 1))], [1, 2, 0], 3.5, Layer()
        V = Tensor(np.ones((4, 2)), Tensor(np.zeros((4, 2))))
        save(sys.argv[2], locals())
        for wanted in ("params layer", "Whh"):
            try:
                save(sys.argv[2] + ".no.npz", locals(), wanted)
            except (TypeError, KeyError) as error:
                print(error)
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    [Fact]
    public void Save_TakesWhatHoldsArraysAndSaysWhatItLeftOut()
    {
        Assert.SkipUnless(NumPy.IsThere, NumPy.Missing);
        var (script, path) = (Path.Combine(_folder, "program.py"), Path.Combine(_folder, "saved.npz"));
        File.WriteAllText(script, Program);
        var (code, output, error) = NumPy.Run(script, Path.Combine(AppContext.BaseDirectory, "Programs", "guide"), path);
        Assert.True(code == 0, error);
        Assert.Equal(
            ["Wxh (2, 3)", "bh (2)", "grads.Wxh (2, 3)", "grads.bh (2)", "hs (3, 2, 1)", "W.0 (2, 2)", "W.1 (2, 2)", "xs (2, 3, 1)", "inputs (3)", "loss ()", "V (4, 2)", "dV (4, 2)"],
            ArrayFile.Read(path).Select(entry => $"{entry.Key} {entry.Value.ShapeText}"));
        Assert.Contains("left out, because they are not arrays: sys, np, save, Layer, Tensor, layer", error, StringComparison.Ordinal);
        Assert.Contains("layer is a Layer, which is neither an array nor a list", output, StringComparison.Ordinal);
        Assert.Contains("there is no Whh to save; there are ", output, StringComparison.Ordinal);
    }

    private const string TorchProgram = """
        import sys
        sys.path.insert(0, sys.argv[1])
        import torch
        from rnncompare_save import save

        torch.manual_seed(3)
        lstm, fc = torch.nn.LSTM(4, 5), torch.nn.Linear(5, 2)
        x, targets = torch.randn(6, 3, 4), torch.randint(0, 2, (6, 3))
        h, _ = lstm(x)
        y = fc(h)
        loss = torch.nn.functional.cross_entropy(y.flatten(0, 1), targets.flatten())
        loss.backward()
        save(sys.argv[2], locals())
        """;

    // Modules, tensors, tensors with gradients: what was saved is read and checked without a word.
    [Fact]
    public void Save_OfATorchProgram_IsCheckedAsItIs()
    {
        Assert.SkipUnless(NumPy.TorchIsThere, NumPy.TorchMissing);
        var (script, path) = (Path.Combine(_folder, "program.py"), Path.Combine(_folder, "torch.npz"));
        File.WriteAllText(script, TorchProgram);
        var (code, _, error) = NumPy.Run(script, Path.Combine(AppContext.BaseDirectory, "Programs", "guide"), path);
        Assert.True(code == 0, error);
        var run = CommandRun.Of("check", path);
        Assert.True(run.Code == ExitCodes.Success, $"{run.Output}{run.Error}");
        Assert.Contains("the gradients of all weights among them", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
