using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnCompare.Equations;
using RnnCompare.Equations.Printing;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Experiments.Tests.Equations;

/// <summary>The printed C# compiles as it is and computes what the engine does.</summary>
public class CSharpTextTests
{
    // Names that C#, or the function around the statements, has for itself.
    private const string Clashing = "cell int\nsize P = H/2\nstate do, is (P)\nweight T (H) = 1\nin = sigmoid(x·p + do·I_ + T)\nv = tanh(is·target)\ndo' = in ⊙ tanh(v) + mean(is)\nis' = relu(is + do·loss)\n";

    // Weights that are joined with what moves, cut, overlapping, and averaged.
    private const string Shared = "cell shared\nstate h\nn = sigmoid([x; h; u]·W + b)\nm = mean(u) * n + sum(v[0:2]) * [v[0:H-1]; a[1:2]]\nh' = tanh(m + [u[0:1]; n[1:H]])\n";
    private const string SharedColumns = "cell shared-columns\nstate h\nn = sigmoid(W·[x; h; u] + b)\nm = mean(u) * n + sum(v[0:2]) * [v[0:H-1]; a[1:2]]\nh' = tanh(m + [u[0:1]; n[1:H]])\ny = Why·h' + by\n";

    private static readonly MetadataReference[] Libraries =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Runtime.dll" or "System.Private.CoreLib.dll" or "System.Collections.dll" or "System.Linq.dll").Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static TheoryData<string> Cells => [.. BuiltInCells.Names, .. Directory.GetFiles(Path.Combine(Checkout.Root, "experiments", "cells"), "*.cell").Order(), Clashing, Shared, SharedColumns];

    [Theory]
    [MemberData(nameof(Cells))]
    public void PrintedProgram_ComputesWhatTheEngineDoes(string cell)
    {
        RequireAgreement(cell.Contains('\n', StringComparison.Ordinal) ? CellEquations.Parse(cell) : CellFile.Read(cell), cell.Length % 2 == 0 ? LossKind.CrossEntropy : LossKind.SquaredError);
    }

    private static void RequireAgreement(CellEquations equations, LossKind loss)
    {
        const int T = 4, B = 3;
        var spec = new RnnSpec { Cell = new EquationCell(equations), InputSize = 5, HiddenSize = 6, OutputSize = 2, Loss = loss, Reduction = Reduction.Sum };
        var weights = Samples.Weights<double>(spec, 1);
        if (equations.ReadOut.Bias is null)
        {
            weights.by.Span.Clear();
        }

        var batch = Samples.Batch<double>(spec, T, B, 2);
        var writer = EquationWriter.Create(weights, batch);
        using var engine = new EquationsEngine<double>(weights);
        var expected = engine.Gradients(batch);
        var gradients = EquationWriter.Create(expected.Weights, batch with { InitialState = expected.InitialState }).Arrays;

        var text = CSharpText.Print(equations, loss);
        var isColumns = text.Contains("x (I, B)", StringComparison.Ordinal);
        var assembly = Compile(text);
        var matrix = assembly.GetType("Matrix")!;
        var method = assembly.GetTypes().Select(type => type.GetMethod("Gradients")).First(method => method is not null)!;
        var arguments = method.GetParameters().Select(parameter => (object)(parameter.Name switch
        {
            "x" => Steps(Enumerable.Range(0, T).Select(t => Cut(batch.Inputs.Values!, t))),
            "target" => Steps(Enumerable.Range(0, T).Select(t => loss == LossKind.SquaredError ? Cut(batch.Targets!.Values!, t) : OneHot(batch.Targets!.Classes!, t))),
            "lossWeight" => Steps(Enumerable.Range(0, T).Select(_ => Filled(B, 1))),
            _ => Matrix(Argument(writer.Arrays, parameter.Name!)),
        })).ToArray();
        dynamic result = method.Invoke(null, arguments)!;
        Assert.Equal(expected.Loss, (double)result.Item1, 1e-12 * Math.Abs(expected.Loss));
        foreach (var (name, value) in ((System.Collections.IDictionary)result.Item2).Keys.Cast<string>().Select(key => (key, ((System.Collections.IDictionary)result.Item2)[key]!)))
        {
            var own = name.TrimEnd('_');
            var right = Argument(gradients, gradients.TryGet(name[1..], out _) ? name[1..] : own[1..]);
            RequireNear(name, right, value);
        }

        for (var t = 0; t < T; t++)
        {
            RequireNear($"dx[{t}]", Cut(expected.Inputs!, t), ((Array)result.Item3).GetValue(t)!);
        }

        // Vectors and states lie as sequences do.
        object Matrix(double[,] values) => Activator.CreateInstance(matrix, isColumns && values.GetLength(0) is 1 or B ? Transposed(values) : values)!;

        Array Steps(IEnumerable<double[,]> steps)
        {
            var array = Array.CreateInstance(matrix, T);
            foreach (var (step, t) in steps.Select((step, t) => (step, t)))
            {
                array.SetValue(Activator.CreateInstance(matrix, isColumns ? Transposed(step) : step), t);
            }

            return array;
        }

        void RequireNear(string name, double[,] right, dynamic value)
        {
            var isTurned = right.GetLength(0) != (int)value.Rows || right.GetLength(1) != (int)value.Columns;
            var (distance, size) = (0.0, 0.0);
            for (var i = 0; i < right.GetLength(0); i++)
            {
                for (var j = 0; j < right.GetLength(1); j++)
                {
                    distance += Math.Pow(right[i, j] - (double)(isTurned ? value[j, i] : value[i, j]), 2);
                    size += Math.Pow(right[i, j], 2);
                }
            }

            Assert.True(Math.Sqrt(distance) <= 1e-12 * Math.Sqrt(size), $"{equations.Name} {name}: {Math.Sqrt(distance):E1} off, of {Math.Sqrt(size):E1}");
        }
    }

    // A name of the cell, or one that had to give way to a word of the language.
    private static double[,] Argument(NamedArrays arrays, string parameter)
    {
        var values = arrays.Get<double>(arrays.TryGet(parameter, out _) ? parameter : parameter.TrimEnd('_'));
        return TwoAxes(values);
    }

    private static double[,] TwoAxes(NdArray<double> values)
    {
        var (rows, columns) = values.Rank == 2 ? (values.Shape[0], values.Shape[1]) : (1, values.Length);
        var result = new double[rows, columns];
        Buffer.BlockCopy(values.Data, 0, result, 0, sizeof(double) * values.Length);
        return result;
    }

    private static double[,] Cut(NdArray<double> values, int t) => TwoAxes(new([.. values.Step(t)], values.Shape[1], values.Shape[2]));

    private static double[,] OneHot(NdArray<long> classes, int t)
    {
        var result = new double[classes.Shape[1], 2];
        for (var b = 0; b < classes.Shape[1]; b++)
        {
            result[b, classes.Data[(t * classes.Shape[1]) + b]] = 1;
        }

        return result;
    }

    private static double[,] Filled(int rows, int columns)
    {
        var result = new double[rows, columns];
        for (var i = 0; i < rows * columns; i++)
        {
            result[i / columns, i % columns] = 1;
        }

        return result;
    }

    private static double[,] Transposed(double[,] values)
    {
        var result = new double[values.GetLength(1), values.GetLength(0)];
        for (var i = 0; i < values.GetLength(0); i++)
        {
            for (var j = 0; j < values.GetLength(1); j++)
            {
                result[j, i] = values[i, j];
            }
        }

        return result;
    }

    private static Assembly Compile(string text)
    {
        var compilation = CSharpCompilation.Create(Path.GetRandomFileName(), [CSharpSyntaxTree.ParseText(text)], Libraries, new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Append<object>(text)));
        Assert.DoesNotContain(emitted.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning);
        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
    }
}
