using RnnCompare.Equations;
using RnnCompare.Equations.Printing;
using RnnCompare.Experiments;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Cli.Tests.Programs;

/// <summary>The printed NumPy functions of every cell run as they are, and compute what the engine does.</summary>
public sealed class PythonTextTests : IDisposable
{
    private const int T = 4, B = 3;

    // Names that Python, or the function around the statements, has for itself.
    private const string Clashing = "cell int\nsize P = H/2\nstate is, or (P)\nweight T (H) = 1\nin = sigmoid(x·p + is·W + T)\nv = tanh(or·target)\nis' = in ⊙ tanh(v) + mean(or)\nor' = relu(or + is·loss)\n";

    // Weights that are joined with what moves, cut, overlapping, and averaged.
    private const string Shared = "cell shared\nstate h\nn = sigmoid([x; h; u]·W + b)\nm = mean(u) * n + sum(v[0:2]) * [v[0:H-1]; a[1:2]]\nh' = tanh(m + [u[0:1]; n[1:H]])\n";
    private const string SharedColumns = "cell shared-columns\nstate h\nn = sigmoid(W·[x; h; u] + b)\nm = mean(u) * n + sum(v[0:2]) * [v[0:H-1]; a[1:2]]\nh' = tanh(m + [u[0:1]; n[1:H]])\ny = Why·h' + by\n";

    // Runs each printed function on the arrays of its folder, found by its parameters' names.
    private const string Driver = """
        import inspect, os, sys
        import numpy as np

        for name in sorted(os.listdir(sys.argv[1])):
            folder = os.path.join(sys.argv[1], name)
            arrays, code = dict(np.load(os.path.join(folder, "given.npz"))), {}
            exec(open(os.path.join(folder, "cell.py"), encoding="utf-8").read(), code)
            columns = code["gradients"].__doc__.startswith("x (T, I, B)")
            def given(parameter):
                a = arrays[parameter] if parameter in arrays else arrays[parameter.rstrip("_")]
                if not columns: return a
                return a.transpose(0, 2, 1) if a.ndim == 3 else a[:, None] if a.ndim == 1 else a.T if parameter.endswith("0") else a
            loss, result = code["gradients"](*[given(p) for p in inspect.signature(code["gradients"]).parameters])
            def own(key, a):
                if not columns: return a
                return a.transpose(0, 2, 1) if a.ndim == 3 else a.T if key.endswith("0") else a
            np.savez(os.path.join(folder, "found.npz"), loss=np.array(loss), **{key.rstrip("_"): own(key, np.asarray(a, dtype=float)) for key, a in result.items()})
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    [Fact]
    public void PrintedFunctions_ComputeWhatTheEngineDoes()
    {
        Assert.SkipUnless(NumPy.IsThere, NumPy.Missing);
        string[] files = [.. BuiltInCells.Names, .. Directory.GetFiles(Path.Combine(Checkout.Root, "experiments", "cells"), "*.cell").Order()];
        CellEquations[] cells = [.. files.Select(CellFile.Read), .. new[] { Clashing, Shared, SharedColumns }.Select(CellEquations.Parse)];
        var expected = cells.SelectMany(cell => new[] { LossKind.CrossEntropy, LossKind.SquaredError }, (cell, loss) => (Folder: $"{cell.Name} {loss}", Right: Prepare(cell, loss, $"{cell.Name} {loss}"))).ToList();
        var script = Path.Combine(_folder, "driver.py");
        File.WriteAllText(script, Driver);
        var (code, _, error) = NumPy.Run(script, Path.Combine(_folder, "cells"));
        Assert.True(code == 0, error);
        foreach (var (folder, right) in expected)
        {
            var found = ArrayFile.Read(Path.Combine(_folder, "cells", folder, "found.npz"));
            Assert.Equal(right.Select(array => array.Name).Order(), found.Names.Order());
            foreach (var (name, values) in right)
            {
                var distance = Math.Sqrt(values.Data.Zip(found.Get<double>(name).Data, (a, b) => (a - b) * (a - b)).Sum());
                Assert.True(found.Get<double>(name).Length == values.Length && distance <= 1e-12 * Math.Sqrt(values.Data.Sum(value => value * value)), $"{folder}: {name} is {distance:E1} off");
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Writes the function and its arrays, and says what it should return.
    private List<(string Name, NdArray<double> Values)> Prepare(CellEquations equations, LossKind loss, string folder)
    {
        var spec = new RnnSpec { Cell = new EquationCell(equations), InputSize = 5, HiddenSize = 6, OutputSize = 2, Loss = loss, Reduction = Reduction.Sum };
        var weights = Samples.Weights<double>(spec, 1);
        if (equations.ReadOut.Bias is null)
        {
            weights.by.Span.Clear();
        }

        var batch = Samples.Batch<double>(spec, T, B, 2);
        using var engine = new EquationsEngine<double>(weights);
        var result = engine.Gradients(batch);
        var own = EquationWriter.Create(weights, batch with { Targets = null }).Arrays;
        var given = new NamedArrays();
        foreach (var name in own.Names.Where(name => name != "meta"))
        {
            // The target of the loss has its own name; a weight of that name gives way.
            given.Add(name == "target" ? "target_" : name, own.Get<double>(name));
        }

        var target = new NdArray<double>(T, B, 2);
        for (var row = 0; row < T * B; row++)
        {
            if (batch.Targets!.Classes is { } classes)
            {
                target.Row(row)[(int)classes.Data[row]] = 1;
            }
            else
            {
                batch.Targets.Values!.Row(row).CopyTo(target.Row(row));
            }
        }

        var ones = new NdArray<double>(T, B, 1);
        ones.Span.Fill(1);
        given.Add("target", target);
        given.Add("lossWeight", ones);
        Directory.CreateDirectory(Path.Combine(_folder, "cells", folder));
        ArrayFile.Write(Path.Combine(_folder, "cells", folder, "given.npz"), given);
        File.WriteAllText(Path.Combine(_folder, "cells", folder, "cell.py"), PythonText.Print(equations, loss));
        var gradients = EquationWriter.Create(result.Weights, batch with { Targets = null, InitialState = result.InitialState }).Arrays;
        return [("loss", new NdArray<double>([result.Loss])), ("dx", result.Inputs!), .. gradients.Names.Where(name => name is not ("meta" or "x")).Select(name => ("d" + name, gradients.Get<double>(name)))];
    }
}
