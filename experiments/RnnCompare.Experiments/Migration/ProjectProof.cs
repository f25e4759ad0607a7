using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnCompare.Experiments.Migration;

/// <summary>Compiles the C# files of a migrated project in memory, and runs its comparisons.</summary>
internal static class ProjectProof
{
    // What the SDK adds with ImplicitUsings.
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // As the SDK has it, the versions of assemblies are the runtime's business.
    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        optimizationLevel: OptimizationLevel.Release,
        specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]);

    private static readonly Lazy<IReadOnlyList<MetadataReference>> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    /// <summary>The comparisons of a project, by what they compare.</summary>
    public static IReadOnlyList<string> Comparisons { get; } = ["Outputs", "Inference", "Gradients", "Trained"];

    /// <summary>Runs every comparison of the project in a folder.</summary>
    /// <param name="folder">The project's folder.</param>
    /// <param name="name">Its namespace.</param>
    /// <returns>One line for each tensor that differs; none where the model is the prototype.</returns>
    public static IReadOnlyList<string> Run(string folder, string name)
    {
        var context = new AssemblyLoadContext(name, isCollectible: true);
        try
        {
            var parity = context.LoadFromStream(Compile(folder, name)).GetType($"{name}.Parity", throwOnError: true)!;
            return [.. Comparisons.SelectMany(comparison => Compare(parity.GetMethod(comparison)!, folder))];
        }
        finally
        {
            context.Unload();
        }
    }

    /// <summary>Everything that the compiler says of some files, warnings included.</summary>
    /// <param name="sources">The files' texts, by name.</param>
    public static IReadOnlyList<string> Complaints(IReadOnlyDictionary<string, string> sources)
    {
        return [.. Compilation("Complaints", sources).GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString())];
    }

    private static MemoryStream Compile(string folder, string name)
    {
        var image = new MemoryStream();
        var result = Compilation(name, ProjectFiles.Sources.ToDictionary(file => file, file => File.ReadAllText(Path.Combine(folder, file)))).Emit(image);
        if (!result.Success)
        {
            throw new InvalidOperationException($"The project does not compile: {result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)}");
        }

        image.Position = 0;
        return image;
    }

    private static CSharpCompilation Compilation(string name, IReadOnlyDictionary<string, string> sources)
    {
        var trees = sources.Append(new("Usings.cs", Usings)).Select(source => CSharpSyntaxTree.ParseText(source.Value, path: source.Key));
        return CSharpCompilation.Create(name, trees, References.Value, Options);
    }

    private static IReadOnlyList<string> Compare(MethodInfo comparison, string folder)
    {
        try
        {
            return (IReadOnlyList<string>)comparison.Invoke(null, [folder])!;
        }
        catch (TargetInvocationException error)
        {
            return [$"{comparison.Name}: {error.InnerException!.Message}"];
        }
    }
}
